using Verification.Audit.Reading;
using Verification.Audit.Storing;

namespace Verification.Audit.Copying;

/// <summary>Copies one log as far as it may be copied.</summary>
internal static class LogCopy
{
    /// <summary>The most bytes of blocks that are copied in one transaction, but for a single block.</summary>
    private const int MostBytes = 4 << 20;

    /// <summary>Copies what the database does not hold. Where another copy is at work it is left to that.</summary>
    /// <returns>How far the database holds the log.</returns>
    /// <exception cref="AuditDatabaseException">The database cannot be reached.</exception>
    /// <exception cref="InvalidDataException">The copy is of another log, or a block cannot be read.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static async Task<CopiedEnd?> RunAsync(AuditDatabase database, Guid logId, LogTail tail, CancellationToken cancellationToken)
    {
        var end = await database.ReadEndAsync(logId, cancellationToken);
        var copied = false;
        foreach (var blocks in Batches(tail.Blocks(end)))
        {
            if (!await database.AppendAsync(logId, end, blocks, cancellationToken))
            {
                return await database.ReadEndAsync(logId, cancellationToken);
            }

            var last = blocks[^1];
            end = new CopiedEnd(last.Sequence, last.Hash, last.Segment, last.End);
            copied = true;
        }

        if (copied)
        {
            await database.TidyAsync(logId, cancellationToken);
        }

        return end;
    }

    private static IEnumerable<List<AuditBlock>> Batches(IEnumerable<AuditBlock> blocks)
    {
        var batch = new List<AuditBlock>();
        var bytes = 0;
        foreach (var block in blocks)
        {
            if (bytes > 0 && bytes + block.Bytes.Length > MostBytes)
            {
                yield return batch;
                batch = [];
                bytes = 0;
            }

            batch.Add(block);
            bytes += block.Bytes.Length;
        }

        if (bytes > 0)
        {
            yield return batch;
        }
    }
}
