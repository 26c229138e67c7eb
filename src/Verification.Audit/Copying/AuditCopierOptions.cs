namespace Verification.Audit.Copying;

/// <summary>How a node's logs are copied into the audit database, and how long they are kept.</summary>
public sealed record AuditCopierOptions
{
    /// <summary>The node's own folder.</summary>
    public required string Folder { get; init; }

    /// <summary>How often what has come since is copied.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long the end waits for what is not copied yet: a container's disk may go with it.</summary>
    public TimeSpan StopWait { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a segment's file stays when all of it is copied.</summary>
    public TimeSpan KeepFiles { get; init; } = TimeSpan.FromDays(7);

    /// <summary>How long the database keeps a segment.</summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(3 * 365 + 1);

    /// <summary>How often what is over is looked for.</summary>
    public TimeSpan CleanInterval { get; init; } = TimeSpan.FromMinutes(10);
}
