namespace Verification.Audit.Records;

/// <summary>Records on their way into the log together, each made when its turn comes.</summary>
public interface IAuditDrafts
{
    /// <summary>How many there are.</summary>
    int Count { get; }

    /// <summary>One of them; what it points at holds until the next is made.</summary>
    AuditDraft this[int index] { get; }
}
