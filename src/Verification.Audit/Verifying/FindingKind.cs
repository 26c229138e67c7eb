namespace Verification.Audit.Verifying;

/// <summary>What was found in a log. All up to <see cref="UnknownKey"/> mean that the log is not as it was written, or cannot be told to be.</summary>
public enum FindingKind
{
    /// <summary>Bytes that a head covers are not what was signed.</summary>
    Altered = 1,

    /// <summary>Blocks are not there.</summary>
    Missing,

    /// <summary>A block is there twice.</summary>
    Doubled,

    /// <summary>A block stands behind a later one.</summary>
    Reordered,

    /// <summary>The audit database's index does not say what its blocks hold: a search would miss or mislead.</summary>
    Misindexed,

    /// <summary>A head names a key that is not known.</summary>
    UnknownKey,

    /// <summary>Bytes that no head covers are no records: what was being written when the machine stopped.</summary>
    TornTail,

    /// <summary>A torn tail was cut at a start; the file keeps the bytes.</summary>
    TornTailKept,

    /// <summary>Records that no head covers yet: a node is at work, or stopped without an end.</summary>
    NotUnderHead,
}
