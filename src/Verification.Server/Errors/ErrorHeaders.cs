using System.Globalization;
using System.Runtime.CompilerServices;
using Google.Protobuf;
using Google.Rpc;
using Verification.Core.Words;
using RpcStatus = Google.Rpc.Status;

namespace Verification.Server.Errors;

/// <summary>An error as it stands in headers. Of errors that are told over and over unchanged it is made once for each language.</summary>
/// <param name="Reason">Its reason; null where it has none.</param>
/// <param name="Code">The status code.</param>
/// <param name="Message">The message, encoded.</param>
/// <param name="Details">The details, a google.rpc.Status in Base64.</param>
/// <param name="Pushback">When to try again, in milliseconds; null where it does not say.</param>
internal sealed record ErrorHeaders(string? Reason, string Code, string Message, string Details, string? Pushback)
{
    private static readonly ConditionalWeakTable<RpcStatus, ErrorHeaders> Made = [];

    // Of a shared error, and of each that was fitted from it: those that were.
    private static readonly ConditionalWeakTable<RpcStatus, FittedErrors> Fitted = [];

    /// <summary>Makes the headers of an error that will be told again. From then on it must not be changed.</summary>
    /// <returns>The error.</returns>
    public static RpcStatus Share(RpcStatus error)
    {
        var fitted = new FittedErrors(Fit(null), Fit(Language.English), Fit(Language.Chinese));
        Fitted.Add(error, fitted);
        Made.Add(error, Make(error));
        foreach (var one in (RpcStatus[])[fitted.Plain, fitted.English, fitted.Chinese])
        {
            Fitted.Add(one, fitted);
            Made.Add(one, Make(one));
        }

        return error;

        RpcStatus Fit(Language? language) => CallerLanguage.Fit(error.Clone(), language);
    }

    /// <summary>What a shared error is in a language; null where the error is not shared.</summary>
    public static RpcStatus? FindFitted(RpcStatus error, Language? language) =>
        !Fitted.TryGetValue(error, out var fitted) ? null
        : language == Language.Chinese ? fitted.Chinese
        : language == Language.English ? fitted.English
        : fitted.Plain;

    /// <summary>The headers of an error.</summary>
    public static ErrorHeaders Of(RpcStatus error) => Made.TryGetValue(error, out var made) ? made : Make(error);

    /// <summary>The reason of an error; null where it has none.</summary>
    public static string? ReasonOf(RpcStatus error) => Made.TryGetValue(error, out var made) ? made.Reason : error.GetDetail<ErrorInfo>()?.Reason;

    // The metadata's encoding of binary values, with padding left out, is the protocol's; with padding it is read too.
    private static ErrorHeaders Make(RpcStatus error) => new(
        error.GetDetail<ErrorInfo>()?.Reason,
        error.Code.ToString(CultureInfo.InvariantCulture),
        GrpcMessage.Encode(error.Message),
        Convert.ToBase64String(error.ToByteArray()),
        RetryPushback.Of(error));

    private sealed record FittedErrors(RpcStatus Plain, RpcStatus English, RpcStatus Chinese);
}
