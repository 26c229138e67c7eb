using Verification.Audit.Records;

namespace Verification.Audit.Writing;

/// <summary>Counts what a log took.</summary>
public interface IRecordCounts
{
    /// <summary>Counts a record that was taken. One at a time: the log holds its lock.</summary>
    void Add(in AuditDraft record);
}
