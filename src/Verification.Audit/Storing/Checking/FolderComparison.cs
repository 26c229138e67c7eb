using System.Collections.Immutable;
using Verification.Audit.Format;
using Verification.Audit.Reading;
using Verification.Audit.Storing.Copies;
using Verification.Audit.Storing.Tables;
using Verification.Audit.Verifying;

namespace Verification.Audit.Storing.Checking;

/// <summary>Compares the logs of a folder with their copies, at the last block that both have: what is before it is bound by its hash.</summary>
internal sealed class FolderComparison(IAuditTables tables, LogCopies copies)
{
    /// <inheritdoc cref="AuditDatabase.CompareAsync"/>
    public async Task<ImmutableArray<AuditFinding>> CompareAsync(string folder, CancellationToken cancellationToken)
    {
        var findings = ImmutableArray.CreateBuilder<AuditFinding>();
        foreach (var files in AuditFolder.Logs(folder))
        {
            // The copy first: what is copied meanwhile is in the files already.
            if (await copies.ReadEndAsync(files.LogId, cancellationToken) is not { } copied)
            {
                continue;
            }

            var (block, hash) = EndOf(files, copied);
            if (block < copied.Block)
            {
                var missing = block + 1 == copied.Block ? $"block {copied.Block} is" : $"blocks {block + 1} to {copied.Block} are";
                findings.Add(new AuditFinding(
                    FindingKind.Missing, files.Path, copied.Segment, block + 1, 0, $"{missing} in the audit database and not in the files"));
            }

            if (block > 0 && await HashOfAsync(files.LogId, block, copied, cancellationToken) is { } other && other != hash)
            {
                findings.Add(new AuditFinding(
                    FindingKind.Altered, files.Path, copied.Segment, block, 0, "the audit database holds another block in its place"));
            }
        }

        return findings.DrainToImmutable();
    }

    /// <summary>The last block of the files, up to where the copy ends.</summary>
    private static (long Block, BlockHash Hash) EndOf(AuditLogFiles files, CopiedEnd copied)
    {
        foreach (var segment in files.Segments().Reverse())
        {
            if (segment.IsDeleted)
            {
                if (SegmentEnds.Read(File.ReadAllBytes(segment.Path)) is { } ends && ends.LastBlock <= copied.Block)
                {
                    return (ends.LastBlock, Seal.HashIn(ends.Last));
                }
            }
            else if (segment.Blocks().TakeWhile(block => block.Sequence <= copied.Block).LastOrDefault() is { } last)
            {
                return (last.Sequence, last.Hash);
            }
        }

        return (0, BlockHash.None);
    }

    /// <summary>The hash of a block of the copy; null where it was deleted there.</summary>
    private async Task<BlockHash?> HashOfAsync(Guid logId, long block, CopiedEnd copied, CancellationToken cancellationToken)
    {
        if (block == copied.Block)
        {
            return copied.Hash;
        }

        var run = await tables.ReadAsync(
            async session => await Logs.FindAsync(session, tables.Statements, logId) is { } log
                ? await Runs.ReadAsync(session, tables.Statements, log, block)
                : null,
            cancellationToken);
        return run?.Blocks().Find(it => it.Sequence == block)?.Hash;
    }
}
