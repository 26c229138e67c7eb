using System.Collections.Immutable;
using Verification.Audit.Format;
using Verification.Audit.Keys;
using Verification.Audit.Reading;

namespace Verification.Audit.Verifying;

/// <summary>Checks the chain of one log, block by block in the order in which they stand: hashes, signatures, order. For files and databases alike.</summary>
/// <param name="keys">The public keys that are known.</param>
/// <param name="from">Where the first block should stand.</param>
public sealed class ChainCheck(KeyRing keys, ChainPoint from)
{
    // Each is remembered: one that comes later stands in the wrong place. A log of which more are gone needs no longer list.
    private const int MostMissing = 100_000;

    private readonly List<AuditFinding> _findings = [];
    private readonly HashSet<long> _seen = [];
    private readonly SortedDictionary<long, AuditFinding> _missing = [];
    private ChainPoint _point = from;

    /// <summary>Where the next block should stand.</summary>
    public ChainPoint Point => _point;

    /// <summary>How many blocks were checked.</summary>
    public long Blocks { get; private set; }

    /// <summary>How many records they hold.</summary>
    public long Records { get; private set; }

    /// <summary>What was found so far, with the blocks that are missing so far.</summary>
    public ImmutableArray<AuditFinding> Findings => [.. _findings, .. MissingRuns()];

    /// <summary>Takes the next block.</summary>
    /// <param name="block">The block.</param>
    /// <param name="place">The file or the row that it stands in.</param>
    public void Add(AuditBlock block, string place)
    {
        Blocks++;
        Records += block.RecordCount;
        if (!block.HasItsHash)
        {
            Note(FindingKind.Altered, "its bytes are not what its hash says");
        }

        switch (Heads.StateOf(block.SealBytes, block.LogId, block.Segment, keys))
        {
            case HeadState.Wrong:
                Note(FindingKind.Altered, "its head is not what the key signed");
                break;
            case HeadState.UnknownKey:
                Note(FindingKind.UnknownKey, $"its head names the key {block.KeyId}, which is not known");
                break;
        }

        Follow(block.Sequence, block.Previous, block.Hash, place, block.Segment, block.Offset);

        void Note(FindingKind kind, string detail) =>
            _findings.Add(new AuditFinding(kind, place, block.Segment, block.Sequence, block.Offset, detail));
    }

    /// <summary>Takes a block whose bytes cannot be read as one, but for what its seal says.</summary>
    internal void AddBroken(long? sequence, BlockHash hash, AuditFinding finding)
    {
        _findings.Add(finding);
        var place = sequence ?? _point.Next;
        NoteMissing(place, finding.Place, finding.Segment, finding.Offset);
        _seen.Add(place);
        _point = new ChainPoint(place + 1, hash);
    }

    /// <summary>Takes blocks that cannot be read, of which no more is known than where they should stand.</summary>
    internal void AddBroken(long first, long last, BlockHash hash, AuditFinding finding)
    {
        AddBroken(first, hash, finding);
        for (var block = first + 1; block <= last; block++)
        {
            _seen.Add(block);
        }

        _point = new ChainPoint(last + 1, hash);
    }

    /// <summary>Takes a segment that was deleted, by the seals of its first and its last block.</summary>
    internal void AddDeleted(SegmentEnds ends, string place)
    {
        foreach (var seal in new[] { ends.First, ends.Last })
        {
            var state = Heads.StateOf(seal, ends.Header.LogId, ends.Header.Segment, keys);
            if (state != HeadState.Signed)
            {
                var kind = state == HeadState.UnknownKey ? FindingKind.UnknownKey : FindingKind.Altered;
                Note(new AuditFinding(kind, place, ends.Header.Segment, Seal.Read(seal)?.Sequence, 0, "a head that stayed is not signed"));
            }
        }

        Follow(ends.FirstBlock, Seal.PreviousIn(ends.First), Seal.HashIn(ends.Last), place, ends.Header.Segment, 0);
        for (var block = ends.FirstBlock + 1; block <= ends.LastBlock; block++)
        {
            _seen.Add(block);
        }

        _point = new ChainPoint(ends.LastBlock + 1, Seal.HashIn(ends.Last));
    }

    /// <summary>Takes a finding of another kind.</summary>
    internal void Note(AuditFinding finding) => _findings.Add(finding);

    private void Follow(long sequence, BlockHash previous, BlockHash hash, string place, int segment, int offset)
    {
        var isNew = _seen.Add(sequence);
        if (sequence < _point.Next)
        {
            _missing.Remove(sequence);
            _findings.Add(isNew
                ? new AuditFinding(FindingKind.Reordered, place, segment, sequence, offset, "it stands behind a later block")
                : new AuditFinding(FindingKind.Doubled, place, segment, sequence, offset, "it is there a second time"));
            return;
        }

        if (sequence == _point.Next && previous != _point.Hash)
        {
            _findings.Add(new AuditFinding(
                FindingKind.Altered, place, segment, sequence, offset, "it does not follow the block that stands before it"));
        }

        NoteMissing(sequence, place, segment, offset);
        _point = new ChainPoint(sequence + 1, hash);
    }

    private void NoteMissing(long until, string place, int segment, long offset)
    {
        for (var missing = _point.Next; missing < until && _missing.Count < MostMissing; missing++)
        {
            _missing[missing] = new AuditFinding(
                FindingKind.Missing, place, segment, missing, offset, "it is not there; the block that stands here is a later one");
        }
    }

    private IEnumerable<AuditFinding> MissingRuns()
    {
        AuditFinding? first = null;
        long last = 0;
        foreach (var (block, finding) in _missing)
        {
            if (first is not null && block == last + 1 && finding.Offset == first.Offset && finding.Segment == first.Segment)
            {
                last = block;
                continue;
            }

            if (first is not null)
            {
                yield return Run(first, last);
            }

            first = finding;
            last = block;
        }

        if (first is not null)
        {
            yield return Run(first, last);
        }

        static AuditFinding Run(AuditFinding first, long last) =>
            first.Block == last ? first : first with { Detail = $"blocks {first.Block} to {last} are not there" };
    }
}
