namespace Verification.Audit.Storing.Tables;

/// <summary>A row of <c>audit_index</c>: a fold's entries for one prefix.</summary>
internal sealed record FoldRow
{
    /// <summary>The fold.</summary>
    public long Fold { get; init; }

    /// <summary>The prefix.</summary>
    public int Prefix { get; init; }

    /// <summary>The entries.</summary>
    public byte[] Entries { get; init; } = [];
}
