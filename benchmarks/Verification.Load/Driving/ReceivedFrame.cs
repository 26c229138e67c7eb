namespace Verification.Load.Driving;

/// <summary>A frame of HTTP/2 that came.</summary>
internal readonly ref struct ReceivedFrame(FrameType type, FrameFlags flags, int stream, ReadOnlySpan<byte> payload)
{
    /// <summary>Its type.</summary>
    public FrameType Type { get; } = type;

    /// <summary>Its flags.</summary>
    public FrameFlags Flags { get; } = flags;

    /// <summary>Its stream; 0 is the connection itself.</summary>
    public int Stream { get; } = stream;

    /// <summary>What it holds.</summary>
    public ReadOnlySpan<byte> Payload { get; } = payload;

    /// <summary>Whether a flag is set.</summary>
    public bool HasFlag(FrameFlags flag) => (Flags & flag) != 0;
}
