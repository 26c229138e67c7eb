namespace Verification.Audit.Storing.Tables;

/// <summary>A segment of which there are runs.</summary>
internal sealed record SegmentRow
{
    /// <summary>The log's number.</summary>
    public int Log { get; init; }

    /// <summary>The log's id, in the order of its digits.</summary>
    public byte[] LogId { get; init; } = [];

    /// <summary>The segment.</summary>
    public int Segment { get; init; }
}
