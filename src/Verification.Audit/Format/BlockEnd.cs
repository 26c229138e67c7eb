namespace Verification.Audit.Format;

/// <summary>What a block's end is the end of.</summary>
[Flags]
public enum BlockEnd
{
    /// <summary>More blocks follow in the segment.</summary>
    None = 0,

    /// <summary>It is the last block of its segment.</summary>
    SegmentEnd = 1 << 0,

    /// <summary>The node stopped in order: everything that was appended is there.</summary>
    Closed = 1 << 1,

    /// <summary>The block was ended at a later start, as the node had not stopped in order.</summary>
    Recovered = 1 << 2,
}
