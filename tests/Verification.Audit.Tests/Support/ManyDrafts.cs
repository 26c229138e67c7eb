using Verification.Audit.Records;

namespace Verification.Audit.Tests.Support;

/// <summary>Records that are put into the log together.</summary>
internal readonly struct ManyDrafts(IReadOnlyList<AuditRecord> records) : IAuditDrafts
{
    public int Count => records.Count;

    public AuditDraft this[int index] => Drafts.Of(records[index]);
}
