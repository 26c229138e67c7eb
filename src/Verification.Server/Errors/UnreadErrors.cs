using Google.Protobuf;
using Grpc.Core;
using RpcStatus = Google.Rpc.Status;

namespace Verification.Server.Errors;

/// <summary>
/// The errors of the contract for what the framework could not read. It refuses what breaks gRPC's framing with a bare status or an
/// exception of its own; a call itself ends with neither, so that they tell enough. A test holds what the framework does.
/// </summary>
internal static class UnreadErrors
{
    // By nothing else can it be told from a connection that broke.
    private const string LengthBeyondAll = "Message too large";

    /// <summary>The error for a bare status of the framework; null where it is not about what it could not read.</summary>
    public static RpcStatus? Of(StatusCode status) => status switch
    {
        StatusCode.ResourceExhausted => RpcErrors.MessageTooLarge(),
        StatusCode.Internal => RpcErrors.MalformedMessage(),
        StatusCode.Unimplemented => RpcErrors.EncodingUnknown(),
        _ => null,
    };

    /// <summary>The error for what reading threw; null where it is about something else.</summary>
    public static RpcStatus? Of(Exception? cause) => cause switch
    {
        // The framework's own refusal of a message on a stream.
        RpcException { Trailers.Count: 0 } bare => Of(bare.StatusCode),
        InvalidProtocolBufferException or OverfullMessageException => RpcErrors.MalformedMessage(),

        // A message's first byte is neither 0 nor 1, or what it compresses is damaged.
        InvalidDataException => RpcErrors.MalformedMessage(),
        IOException when cause.Message.StartsWith(LengthBeyondAll, StringComparison.Ordinal) => RpcErrors.MessageTooLarge(),
        _ => null,
    };
}
