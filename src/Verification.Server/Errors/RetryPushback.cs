using System.Globalization;
using Google.Rpc;
using Grpc.Core;
using RpcStatus = Google.Rpc.Status;

namespace Verification.Server.Errors;

/// <summary>
/// The trailer by which a server tells gRPC's own retries when to try again (gRFC A6). It says what the error's
/// <see cref="RetryInfo"/> says.
/// </summary>
internal static class RetryPushback
{
    /// <summary>The trailer's name.</summary>
    public const string Name = "grpc-retry-pushback-ms";

    /// <summary>The trailer's value, whole milliseconds; null where the error does not say when to try again.</summary>
    public static string? Of(RpcStatus? error) => error?.GetDetail<RetryInfo>() is { } retry
        ? Math.Ceiling(retry.RetryDelay.ToTimeSpan().TotalMilliseconds).ToString(CultureInfo.InvariantCulture)
        : null;

    /// <summary>Adds the trailer to an error that says when to try again, once.</summary>
    public static void AddTo(RpcException error)
    {
        if (Of(error.GetRpcStatus()) is { } milliseconds && error.Trailers.Get(Name) is null)
        {
            error.Trailers.Add(Name, milliseconds);
        }
    }
}
