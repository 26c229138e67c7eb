namespace Verification.Audit.Storing.Copies;

/// <summary>When blocks are packed together, and their permits folded into the index.</summary>
internal sealed record TidyLimits
{
    /// <summary>A packed row holds no more, before it is packed: to read a record all of its row is unpacked.</summary>
    public int RowBytes { get; init; } = 256 << 10;

    /// <summary>As many rows of a segment that has not ended are packed before it does: a search for a permit goes through their lists.</summary>
    public int LooseRows { get; init; } = 128;

    /// <summary>A fold has at least as many entries, or lists: fewer are searched as they are.</summary>
    public int FoldEntries { get; init; } = 128 << 10;

    /// <inheritdoc cref="FoldEntries"/>
    public int FoldLists { get; init; } = 1024;
}
