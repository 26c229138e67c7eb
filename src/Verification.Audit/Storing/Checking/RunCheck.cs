using Verification.Audit.Format;
using Verification.Audit.Reading;
using Verification.Audit.Storing.Rows;
using Verification.Audit.Verifying;

namespace Verification.Audit.Storing.Checking;

/// <summary>Checks the rows of one log's runs: that they unpack, that their columns say what their blocks are, and the chain of these.</summary>
internal sealed class RunCheck(ChainCheck chain)
{
    private BlockRun? _last;

    /// <summary>Whether the last block checked says that the node stopped in order.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>The table and row that a finding is of.</summary>
    public static string PlaceOf(BlockRun run) => $"audit_run {run.Run}";

    /// <summary>Takes the next row.</summary>
    public void Add(BlockRun run)
    {
        try
        {
            var blocks = run.Blocks();
            foreach (var block in blocks)
            {
                chain.Add(block, PlaceOf(run));
            }

            IsClosed = blocks[^1].EndOf.HasFlag(BlockEnd.Closed);
            if (!run.Says(NewRun.Of(blocks, run.Packed).Row) || (BeginOf(blocks[0]) is { } begin && begin != run.BeginsAt))
            {
                chain.Note(Altered(run, "its columns do not say what its blocks are"));
            }
        }
        catch (InvalidDataException damaged)
        {
            IsClosed = false;
            var hash = run.Hash.Length == BlockHash.Size ? BlockHash.Read(run.Hash) : BlockHash.None;
            chain.AddBroken(run.FirstBlock, run.LastBlock, hash, Altered(run, damaged.Message));
        }

        _last = run;
    }

    /// <summary>Where a row's first block should begin: at the beginning of its segment, or where the row before ended; null where that is not there.</summary>
    private int? BeginOf(AuditBlock first) =>
        first.SegmentHeader is not null ? 0 : _last?.LastBlock == first.Sequence - 1 && _last.Segment == first.Segment ? _last.EndsAt : null;

    private static AuditFinding Altered(BlockRun run, string detail) =>
        new(FindingKind.Altered, PlaceOf(run), run.Segment, run.FirstBlock, run.BeginsAt, detail);
}
