namespace Verification.Audit.Writing;

/// <summary>Why nothing can be recorded.</summary>
public enum AuditUnavailableReason
{
    /// <summary>There is no room for another segment: the disk is full, or fails where one is made.</summary>
    NoSegment = 1,

    /// <summary>More waits for the disk than may.</summary>
    Behind,

    /// <summary>The last flush failed.</summary>
    FlushFailed,

    /// <summary>The log is closed.</summary>
    Closed,
}
