namespace Verification.Load.Driving;

/// <summary>The types of HTTP/2 frames that this client knows.</summary>
internal enum FrameType : byte
{
    /// <summary>A piece of a body.</summary>
    Data = 0,

    /// <summary>Headers or trailers.</summary>
    Headers = 1,

    /// <summary>A call was given up.</summary>
    Reset = 3,

    /// <summary>What the sender wants.</summary>
    Settings = 4,

    /// <summary>Whether the other side lives.</summary>
    Ping = 6,

    /// <summary>The sender ends the connection.</summary>
    GoAway = 7,

    /// <summary>How much more may be sent.</summary>
    WindowUpdate = 8,
}
