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
}
