using Verification.Audit.Records;

namespace Verification.Audit.Storing;

/// <summary>A record as the audit database holds it.</summary>
/// <param name="Place">Where it stands.</param>
/// <param name="LogId">The log that it is of.</param>
/// <param name="Record">What was asked and told.</param>
public sealed record StoredRecord(RecordPlace Place, Guid LogId, AuditRecord Record);
