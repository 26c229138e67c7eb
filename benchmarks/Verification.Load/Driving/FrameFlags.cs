namespace Verification.Load.Driving;

/// <summary>The flags of HTTP/2 frames.</summary>
[Flags]
internal enum FrameFlags : byte
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Settings or a ping that answer one; otherwise the last frame of its stream.</summary>
    AckOrEndStream = 1,

    /// <summary>The headers are whole.</summary>
    EndHeaders = 4,

    /// <summary>Filled up.</summary>
    Padded = 8,
}
