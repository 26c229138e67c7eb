using Verification.Audit.Format;
using Verification.Audit.Reading;

namespace Verification.Audit.Storing.Tables;

/// <summary>A row of <c>audit_deleted</c>: what stays of a segment whose time was over.</summary>
internal sealed record DeletedRow
{
    /// <summary>The log's number.</summary>
    public int Log { get; init; }

    /// <summary>The segment.</summary>
    public int Segment { get; init; }

    /// <summary>Its first block.</summary>
    public long FirstBlock { get; init; }

    /// <summary>Its last block.</summary>
    public long LastBlock { get; init; }

    /// <summary>Where its last block ended.</summary>
    public int EndsAt { get; init; }

    /// <summary>Its ends, as the file of a deleted segment has them.</summary>
    public byte[] Ends { get; init; } = [];

    /// <summary>The hash of its last block; zeros where the row is damaged.</summary>
    public BlockHash LastHash => SegmentEnds.Read(Ends) is { } ends ? Seal.HashIn(ends.Last) : BlockHash.None;
}
