using Verification.Audit.Format;
using Verification.Audit.Keys;

namespace Verification.Audit.Writing;

/// <summary>
/// Brings what was stored to the disk, gives ended blocks their hash before and their signed head after that, and closes segments. One
/// caller at a time. What fails is kept and done by the next call.
/// </summary>
internal sealed class Keeper(Guid logId, SigningKey key, BlockHash last)
{
    private readonly Queue<EndedBlock> _blocks = [];
    private BlockHash _bound = last;
    private volatile FlushedEnd _end = new(0, 0, 0, last);
    private bool _mayHaveLost;

    /// <summary>How far everything is done.</summary>
    public FlushedEnd End => _end;

    /// <summary>Whether blocks wait.</summary>
    public bool HasBlocks => _blocks.Count > 0;

    /// <summary>Takes over blocks that were ended, in their order.</summary>
    public void Take(List<EndedBlock> ended)
    {
        foreach (var block in ended)
        {
            _blocks.Enqueue(block);
        }
    }

    /// <summary>Flushes the segments of the blocks taken over, and the one that is written.</summary>
    /// <exception cref="IOException">The disk fails, or has lost what it failed to write.</exception>
    public void Flush(OpenSegment? current)
    {
        if (_mayHaveLost)
        {
            DemandWhole(current);
        }

        foreach (var block in _blocks)
        {
            _bound = block.Bind(_bound);
        }

        FlushFiles(current);
        _mayHaveLost = false;
    }

    /// <summary>Signs the heads of what was flushed, flushes these too, and closes the segments that ended.</summary>
    /// <exception cref="IOException">The disk fails.</exception>
    public void Sign()
    {
        foreach (var block in _blocks)
        {
            block.Sign(logId, key);
        }

        FlushFiles(null);
        while (_blocks.TryPeek(out var block))
        {
            if (block.End.HasFlag(BlockEnd.SegmentEnd))
            {
                block.Segment.IsClosing = true;
                block.Segment.File.CloseAt(block.EndsAt);
            }

            _end = new FlushedEnd(block.Segment.Ordinal, block.EndsAt, block.Sequence, block.Hash!.Value);
            _blocks.Dequeue();
        }
    }

    /// <summary>Lets go of the segments of blocks that could not be brought to the disk: the next start mends them.</summary>
    public void Release()
    {
        foreach (var block in _blocks)
        {
            block.Segment.File.Dispose();
        }

        _blocks.Clear();
    }

    /// <summary>
    /// A page that could not be written may have fallen back to what the disk has of it. What is on its way there was answered for, so it is looked
    /// at again: where it is no longer whole, nothing is signed and nothing is taken any more, and the next start mends as after a crash.
    /// </summary>
    private void DemandWhole(OpenSegment? current)
    {
        foreach (var segment in _blocks.Select(block => block.Segment).Append(current).Distinct())
        {
            if (segment is { IsClosing: false, IsWhole: false })
            {
                throw new IOException($"The disk has lost what it failed to write to '{segment.Path}'. No more is recorded before the next start.");
            }
        }

        foreach (var block in _blocks.Where(block => !block.Segment.IsClosing))
        {
            if (!block.HoldsItsHash)
            {
                throw new IOException($"The disk has lost the hash of block {block.Sequence} in '{block.Segment.Path}'. No more is recorded before the next start.");
            }

            block.SignAgain();
        }
    }

    private void FlushFiles(OpenSegment? current)
    {
        try
        {
            FlushEach(current);
        }
        catch
        {
            _mayHaveLost = true;
            throw;
        }
    }

    private void FlushEach(OpenSegment? current)
    {
        OpenSegment? flushed = null;
        foreach (var block in _blocks)
        {
            if (block.Segment != flushed)
            {
                flushed = block.Segment;
                flushed.File.Flush();
            }
        }

        if (current is not null && current != flushed)
        {
            current.File.Flush();
        }
    }
}
