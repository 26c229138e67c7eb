using System.Text;
using Google.Protobuf;
using Google.Rpc;
using Permits.Verification.V1;
using RpcStatus = Google.Rpc.Status;

namespace Verification.Load.Questions;

/// <summary>What came back to a call.</summary>
/// <param name="status">The gRPC status; 0 is success.</param>
/// <param name="message">The message; empty where there is none.</param>
/// <param name="details">The header <c>grpc-status-details-bin</c>, as it came.</param>
internal readonly ref struct Answer(int status, ReadOnlySpan<byte> message, ReadOnlySpan<byte> details)
{
    /// <summary>The gRPC status.</summary>
    public int Status { get; } = status;

    /// <summary>The message, without the five bytes that gRPC puts before it.</summary>
    public ReadOnlySpan<byte> Message { get; } = message;

    /// <summary>The error's details in Base64.</summary>
    public ReadOnlySpan<byte> Details { get; } = details;

    /// <summary>The reason of the error that the call failed with; null where it names none.</summary>
    public string? Reason
    {
        get
        {
            // gRPC leaves the padding of Base64 out.
            var text = Encoding.ASCII.GetString(Details);
            return RpcStatus.Parser.ParseFrom(Convert.FromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='))).GetDetail<ErrorInfo>()?.Reason;
        }
    }

    /// <summary>What it says instead of what was expected, for a person.</summary>
    public string Tell()
    {
        if (Status != 0)
        {
            return $"status {Status}, {Reason ?? "no reason"}";
        }

        try
        {
            var refused = BatchVerifyPermitsResponse.Parser.ParseFrom(Message).Items.FirstOrDefault(item => item.Error is not null);
            return refused is null ? "another answer" : $"an item with {refused.Error.GetDetail<ErrorInfo>()?.Reason}";
        }
        catch (InvalidProtocolBufferException)
        {
            return "another message";
        }
    }
}
