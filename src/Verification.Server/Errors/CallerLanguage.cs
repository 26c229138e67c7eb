using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Microsoft.Net.Http.Headers;
using Verification.Core.Words;
using RpcStatus = Google.Rpc.Status;

namespace Verification.Server.Errors;

/// <summary>
/// Gives an error the language that its caller reads, as the header <c>accept-language</c> says. An error is made in English, and with the
/// Chinese in a <see cref="LocalizedMessage"/> and in those of its fields; here it keeps what was asked for. Nothing of this is looked at
/// but where a call fails.
/// </summary>
internal static class CallerLanguage
{
    /// <summary>The locale of the Chinese texts.</summary>
    public const string ChineseLocale = "zh-CN";

    /// <summary>The locale of the English texts.</summary>
    public const string EnglishLocale = "en";

    private const string DetailsTrailer = "grpc-status-details-bin";

    // An error travels in HTTP/2 headers, for which clients have as little as 8 KiB: in base 64, beside the message and the rest of them.
    private const int MostBytes = 4_096;

    /// <summary>The language that a caller reads; null where none is named that there is.</summary>
    public static Language? Of(HttpContext context)
    {
        var header = context.Request.Headers.AcceptLanguage;
        return header.Count > 0 && StringWithQualityHeaderValue.TryParseList(header, out var wanted)
            ? wanted.OrderByDescending(it => it.Quality ?? 1).Select(Of).FirstOrDefault(language => language is not null)
            : null;
    }

    /// <summary>A text in Chinese, for an error to carry.</summary>
    public static LocalizedMessage Chinese(string text) => new() { Locale = ChineseLocale, Message = text };

    /// <summary>Leaves in an error what its caller reads.</summary>
    public static RpcStatus Fit(RpcStatus error, HttpContext context) => Fit(error, Of(context));

    /// <summary>Leaves in an error what is read in a language; null where none is named.</summary>
    /// <returns>The error, or another in its place where it is a shared one.</returns>
    public static RpcStatus Fit(RpcStatus error, Language? language)
    {
        if (ErrorHeaders.FindFitted(error, language) is { } fitted)
        {
            return fitted;
        }

        if (language == Language.Chinese)
        {
            Shorten(error);
            return error;
        }

        RemoveChinese(error);
        if (language == Language.English && error.GetDetail<LocalizedMessage>() is null)
        {
            error.Details.Add(Any.Pack(new LocalizedMessage { Locale = EnglishLocale, Message = error.Message }));
        }

        return error;
    }

    /// <summary>Leaves in the error that ends a call what its caller reads.</summary>
    public static void Fit(RpcException error, HttpContext context)
    {
        if (error.GetRpcStatus() is not { } status)
        {
            return;
        }

        var details = Fit(status, context).ToByteArray();
        if (error.Trailers.FirstOrDefault(entry => entry.Key == DetailsTrailer) is { } old)
        {
            error.Trailers.Remove(old);
        }

        error.Trailers.Add(DetailsTrailer, details);
    }

    private static Language? Of(StringWithQualityHeaderValue wanted) =>
        wanted.Quality is 0 ? null
        : wanted.Value.StartsWith("zh", StringComparison.OrdinalIgnoreCase) ? Language.Chinese
        : wanted.Value.StartsWith("en", StringComparison.OrdinalIgnoreCase) ? Language.English
        : null;

    private static void RemoveChinese(RpcStatus error)
    {
        for (var i = error.Details.Count - 1; i >= 0; i--)
        {
            if (error.Details[i].TryUnpack<LocalizedMessage>(out var localized) && localized.Locale == ChineseLocale)
            {
                error.Details.RemoveAt(i);
            }
            else if (error.Details[i].TryUnpack<BadRequest>(out var fields))
            {
                error.Details[i] = Any.Pack(WithoutLocalized(fields));
            }
        }
    }

    /// <summary>What would not fit into the headers of an answer stays English: that breaks no connection.</summary>
    private static void Shorten(RpcStatus error)
    {
        for (var i = 0; i < error.Details.Count && error.CalculateSize() > MostBytes; i++)
        {
            if (error.Details[i].TryUnpack<BadRequest>(out var fields))
            {
                error.Details[i] = Any.Pack(WithoutLocalized(fields));
            }
        }
    }

    private static BadRequest WithoutLocalized(BadRequest fields)
    {
        foreach (var violation in fields.FieldViolations)
        {
            violation.LocalizedMessage = null;
        }

        return fields;
    }
}
