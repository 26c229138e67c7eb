using Verification.Audit.Storing;
using Verification.Server.Checks.Again;
using Contract = Permits.Audit.V1;

namespace Verification.Server.AuditReading;

/// <summary>Writes what a search found as the contract has it.</summary>
internal static class AuditRecordWriter
{
    /// <summary>A record, and where it stands.</summary>
    public static Contract.AuditRecord Write(StoredRecord found) => new()
    {
        LogId = found.LogId.ToString("N"),
        Block = found.Place.Block,
        Index = found.Place.Record,
        Record = CheckRecordWriter.Write(found.Record),
        IdentityDigest = found.Record.Identity?.Digest.ToString("x32", null) ?? string.Empty,
    };
}
