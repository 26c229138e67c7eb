using Verification.Audit.Format;
using Verification.Audit.Keys;

namespace Verification.Audit.Writing;

/// <summary>A block to which no record is added any more, on its way to hash and head.</summary>
/// <param name="segment">Its segment.</param>
/// <param name="start">Where it begins.</param>
/// <param name="sealStart">Where its seal stands.</param>
/// <param name="sequence">Its place in the log.</param>
/// <param name="end">What it is the end of.</param>
internal sealed class EndedBlock(OpenSegment segment, int start, int sealStart, long sequence, BlockEnd end)
{
    public OpenSegment Segment => segment;

    public long Sequence => sequence;

    public BlockEnd End => end;

    /// <summary>Where it ends.</summary>
    public int EndsAt => sealStart + Seal.Size;

    /// <summary>Its hash, once it has one.</summary>
    public BlockHash? Hash { get; private set; }

    /// <summary>Whether its head was signed.</summary>
    public bool IsSigned { get; private set; }

    /// <summary>Whether its seal holds the hash that it was bound with.</summary>
    public bool HoldsItsHash => Hash is not { } hash || Seal.HashIn(SealBytes) == hash;

    private Span<byte> SealBytes => segment.File.Bytes.Slice(sealStart, Seal.Size);

    /// <summary>Binds it to the block before it; does nothing where it is bound.</summary>
    public BlockHash Bind(BlockHash previous)
    {
        if (Hash is not { } hash)
        {
            hash = Seal.HashOf(previous, segment.File.Bytes[start..(sealStart + Seal.ClosingSize)]);
            Seal.WriteHash(SealBytes, previous, hash);
            Hash = hash;
        }

        return hash;
    }

    /// <summary>Signs its head. All of it must be on the disk.</summary>
    public void Sign(Guid logId, SigningKey key)
    {
        if (!IsSigned)
        {
            Seal.WriteHead(SealBytes, logId, segment.Ordinal, key);
            IsSigned = true;
        }
    }

    /// <summary>Has its head signed once more: what was stored of it may be lost.</summary>
    public void SignAgain() => IsSigned = false;
}
