using System.Numerics;
using Verification.Audit.Format;
using Verification.Audit.Reading;

namespace Verification.Audit.Storing.Rows;

/// <summary>A run of blocks that follow each other in a segment, packed as one: a row of <c>audit_run</c>.</summary>
internal sealed record BlockRun
{
    /// <summary>The row's id, from 1; 0 before it has one. Never given twice.</summary>
    public long Run { get; init; }

    /// <summary>The log's number.</summary>
    public int Log { get; init; }

    /// <summary>The log's id, in the order of its digits; empty where the blocks were not asked for.</summary>
    public byte[] LogId { get; init; } = [];

    /// <summary>The first block's place in the log.</summary>
    public long FirstBlock { get; init; }

    /// <summary>The last block's.</summary>
    public long LastBlock { get; init; }

    /// <summary>The segment.</summary>
    public int Segment { get; init; }

    /// <summary>Where the first block begins in it.</summary>
    public int BeginsAt { get; init; }

    /// <summary>Where the last block ends in it.</summary>
    public int EndsAt { get; init; }

    /// <summary>Whether the segment ends with it.</summary>
    public bool EndsSegment { get; init; }

    /// <summary>How many records it has.</summary>
    public int Records { get; init; }

    /// <summary>The first of the instants of its records, and of those in their identifiers, in microseconds.</summary>
    public long FromInstant { get; init; }

    /// <summary>The last of them.</summary>
    public long UntilInstant { get; init; }

    /// <summary>The span of the two; see <see cref="SpanOf"/>.</summary>
    public int Span { get; init; }

    /// <summary>The hash of the last block.</summary>
    public byte[] Hash { get; init; } = [];

    /// <summary>The blocks, packed; empty where they were not asked for.</summary>
    public byte[] Packed { get; init; } = [];

    /// <summary>The bytes of its blocks before they are packed.</summary>
    public int PlainBytes => EndsAt - BeginsAt;

    /// <summary>Where it stands.</summary>
    public RunPlace Place => new() { Log = Log, FirstBlock = FirstBlock, LastBlock = LastBlock };

    /// <summary>
    /// The least power of two that is no shorter than from one instant to another. What may cover an instant is found by it: of the runs of a
    /// span only those that begin within its length before.
    /// </summary>
    public static int SpanOf(long from, long until) => until > from ? BitOperations.Log2((ulong)(until - from)) + 1 : 0;

    /// <summary>How far a log is copied that ends with it.</summary>
    public CopiedEnd ToEnd() => new(LastBlock, BlockHash.Read(Hash), Segment, EndsAt);

    /// <summary>Whether another follows it in the same segment.</summary>
    public bool IsFollowedBy(BlockRun next) =>
        next.Log == Log && next.Segment == Segment && next.FirstBlock == LastBlock + 1 && next.BeginsAt == EndsAt;

    /// <summary>Whether another's columns say the same of the same blocks.</summary>
    public bool Says(BlockRun other) =>
        (FirstBlock, LastBlock, Segment, BeginsAt, EndsAt, EndsSegment) == (other.FirstBlock, other.LastBlock, other.Segment, other.BeginsAt, other.EndsAt, other.EndsSegment)
        && (Records, FromInstant, UntilInstant, Span) == (other.Records, other.FromInstant, other.UntilInstant, other.Span)
        && Hash.AsSpan().SequenceEqual(other.Hash);

    /// <summary>Whether its blocks are there, follow each other and are what their hashes say.</summary>
    public bool IsWhole
    {
        get
        {
            try
            {
                var blocks = Blocks();
                return blocks.TrueForAll(block => block.HasItsHash)
                    && blocks.Zip(blocks.Skip(1)).All(two => two.First.Hash == two.Second.Previous)
                    && (blocks[0].Sequence, blocks[^1].Sequence, blocks[^1].Hash) == (FirstBlock, LastBlock, BlockHash.Read(Hash));
            }
            catch (InvalidDataException)
            {
                return false;
            }
        }
    }

    /// <summary>The blocks, unpacked.</summary>
    /// <exception cref="InvalidDataException">The row is damaged: its bytes are no blocks.</exception>
    public List<AuditBlock> Blocks()
    {
        var logId = new Guid(LogId, bigEndian: true);
        ReadOnlyMemory<byte> bytes = BlockArchive.Unpack(Packed);
        var blocks = new List<AuditBlock>();
        for (var at = 0; at < bytes.Length; at += blocks[^1].Bytes.Length)
        {
            blocks.Add(AuditBlock.TryFind(logId, Segment, BeginsAt + at, bytes[at..], out var block)
                ? block
                : throw new InvalidDataException($"The row {Run} of the audit database holds no whole blocks."));
        }

        return blocks;
    }
}
