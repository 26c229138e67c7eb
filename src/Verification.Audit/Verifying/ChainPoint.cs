using Verification.Audit.Format;

namespace Verification.Audit.Verifying;

/// <summary>A point between two blocks of a log.</summary>
/// <param name="Next">The place in the log of the block behind it, from 1.</param>
/// <param name="Hash">The hash of the block before it.</param>
public readonly record struct ChainPoint(long Next, BlockHash Hash)
{
    /// <summary>The beginning of a log.</summary>
    public static ChainPoint Beginning => new(1, BlockHash.None);
}
