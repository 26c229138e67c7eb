using Verification.Audit.Reading;

namespace Verification.Audit.Storing.Exporting;

/// <summary>A segment as the audit database holds it.</summary>
/// <param name="Log">The log's number there, from 1.</param>
/// <param name="LogId">Its id.</param>
/// <param name="Segment">The segment's place in the log, from 1.</param>
/// <param name="IsDeleted">Whether its time was over: then the bytes are its ends.</param>
/// <param name="Bytes">What its file holds, as far as it was copied.</param>
public sealed record StoredSegment(int Log, Guid LogId, int Segment, bool IsDeleted, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>What the log's folder is called, by its number in the database.</summary>
    public string FolderName => LogNames.Log(Log, LogId);

    /// <summary>What its file is called there.</summary>
    public string FileName => IsDeleted ? LogNames.End(Segment) : LogNames.Segment(Segment);
}
