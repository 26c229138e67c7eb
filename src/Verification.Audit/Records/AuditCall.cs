namespace Verification.Audit.Records;

/// <summary>What a record is of. The numbers are part of the format and never change.</summary>
public enum AuditCall : byte
{
    /// <summary>One check.</summary>
    Check = 1,

    /// <summary>A check of a batch.</summary>
    BatchItem = 2,

    /// <summary>A check of a message of a stream.</summary>
    StreamItem = 3,

    /// <summary>A permit's timeline.</summary>
    Timeline = 4,

    /// <summary>A permit's events.</summary>
    PermitRead = 5,

    /// <summary>What may be filed for a permit.</summary>
    Procedures = 6,

    /// <summary>A check of the caller's own, shown again.</summary>
    CheckRead = 7,

    /// <summary>Who asked about a permit.</summary>
    Disclosures = 8,

    /// <summary>A search of the audit log.</summary>
    AuditRead = 9,

    /// <summary>Records asked again.</summary>
    Replay = 10,

    /// <summary>A batch as a whole: refused before its checks were looked at.</summary>
    Batch = 11,

    /// <summary>A message of a stream as a whole, as <see cref="Batch"/>.</summary>
    StreamMessage = 12,

    /// <summary>An event to record: refused. What was recorded stands in the registry.</summary>
    Recording = 13,

    /// <summary>An import: refused.</summary>
    Import = 14,

    /// <summary>Any other call.</summary>
    Other = 15,

    /// <summary>A node began to write; the note names its host.</summary>
    LogStarted = 32,

    /// <summary>A segment was deleted as its time was over; the note names it.</summary>
    SegmentDeleted = 33,
}
