using Google.Protobuf;
using Grpc.Core;
using RpcStatus = Google.Rpc.Status;

namespace Verification.Server.Rpc;

/// <summary>
/// The framework reads a unary request before any interceptor runs: bytes that are no message, or too many of them, end the call
/// with a bare status. Here they get the error of the contract.
/// </summary>
internal static class ReasonForBareErrors
{
    private const string StatusHeader = "grpc-status";
    private const string MessageHeader = "grpc-message";
    private const string DetailsHeader = "grpc-status-details-bin";

    /// <summary>Adds the reason to what the framework refused by itself.</summary>
    public static async Task AddAsync(HttpContext context, RequestDelegate next)
    {
        await next(context);
        var headers = context.Response.Headers;
        if (context.Response.HasStarted
            || headers.ContainsKey(DetailsHeader)
            || !Enum.TryParse<StatusCode>(headers[StatusHeader], out var code)
            || ErrorFor(code) is not { } error)
        {
            return;
        }

        headers[StatusHeader] = error.Code.ToString(System.Globalization.CultureInfo.InvariantCulture);
        headers[MessageHeader] = Uri.EscapeDataString(error.Message);
        headers[DetailsHeader] = Convert.ToBase64String(error.ToByteArray());
    }

    /// <summary>What calls themselves throw carries its reason already, so that a bare status can only be the framework's.</summary>
    private static RpcStatus? ErrorFor(StatusCode code) => code switch
    {
        StatusCode.Unknown => RpcErrors.MalformedMessage(),
        StatusCode.ResourceExhausted => RpcErrors.MessageTooLarge(),
        _ => null,
    };
}
