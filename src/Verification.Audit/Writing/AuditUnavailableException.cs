namespace Verification.Audit.Writing;

/// <summary>A record could not be taken: there must be no answer. It may pass without a restart.</summary>
public sealed class AuditUnavailableException : Exception
{
    /// <summary>For a reason, with what is behind it.</summary>
    public AuditUnavailableException(AuditUnavailableReason reason, Exception? cause = null)
        : base($"The audit log takes no records: {TextOf(reason)}{(cause is null ? "." : $": {cause.Message}")}", cause) =>
        Reason = reason;

    /// <summary>Why.</summary>
    public AuditUnavailableReason Reason { get; }

    private static string TextOf(AuditUnavailableReason reason) => reason switch
    {
        AuditUnavailableReason.NoSegment => "there is no room for another segment",
        AuditUnavailableReason.Behind => "too much waits for the disk",
        AuditUnavailableReason.FlushFailed => "the disk fails",
        _ => "it is closed",
    };
}
