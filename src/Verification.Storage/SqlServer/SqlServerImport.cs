using System.Collections.Immutable;
using Dapper;
using Verification.Core.Permits;
using Verification.Core.Registry;
using Verification.Core.Rules.Rulebooks;
using Verification.Storage.Records;

namespace Verification.Storage.SqlServer;

/// <summary>Loads one batch of an import in a transaction of a session.</summary>
/// <remarks>
/// The lines are staged before the counter row is locked, so that other writers wait only while the batch is judged and appended.
/// </remarks>
internal static class SqlServerImport
{
    /// <summary>How far an import has come; null when it never began.</summary>
    public static async Task<ImportProgress?> ReadProgressAsync(SqlServerSession session, string importId)
    {
        var parameters = new DynamicParameters().ImportId(importId);
        return (await session.QueryFirstOrDefaultAsync<StoredImport>(SqlServerStatements.ReadImport, parameters))?.ToProgress();
    }

    public static async Task<ImmutableArray<RejectedLine>> ReadRejectsAsync(
        SqlServerSession session, string importId, long afterLine, int limit)
    {
        var parameters = new DynamicParameters().ImportId(importId).Long("afterLine", afterLine).Whole("limit", limit);
        var rows = await session.QueryAsync<StoredReject>(SqlServerStatements.ReadRejects, parameters);
        return [.. rows.Select(row => row.ToRejectedLine())];
    }

    /// <summary>Loads the batch.</summary>
    /// <param name="session">The session.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="rulebook">The rules by which its events are judged.</param>
    /// <param name="timeout">The time of the call.</param>
    /// <param name="isRepeat">
    /// Whether an earlier run of this call may have committed: then an import that stands at the batch's end, with its digest,
    /// is that run's work and is reported as such.
    /// </param>
    public static async Task<ImportBatchResult> RunAsync(
        SqlServerSession session, ImportBatch batch, Rulebook rulebook, TimeSpan timeout, bool isRepeat)
    {
        await session.BeginAsync();
        var batchId = Guid.NewGuid();
        var staged = batch.Lines.Where(line => line.Event is not null).ToList();
        if (staged.Count > 0)
        {
            await session.CopyAsync(ImportRows.Staged(batchId, staged));
        }

        var counter = await RaiseCounterAsync(session, staged.Count, SqlServerStatements.WaitForLocks(timeout)) - staged.Count;
        var stored = await ReadProgressAsync(session, batch.ImportId);
        var before = stored ?? ImportProgress.None;
        if (isRepeat && IsDone(before, batch))
        {
            return new ImportBatchResult(
                before, await ReadRejectsAsync(session, batch.ImportId, batch.LinesBefore, Math.Max(1, batch.Lines.Length)));
        }

        if (before.LinesRead != batch.LinesBefore || before.IsComplete)
        {
            throw new ImportConflictException(batch.ImportId, batch.LinesBefore);
        }

        var admission = await JudgeAsync(session, batch, batchId, rulebook);
        var loaded = admission.Admitted.Count;
        var progress = new ImportProgress(
            batch.LinesAfter,
            before.EventsLoaded + loaded,
            loaded == 0 ? before.Revision : counter + loaded,
            batch.PrefixDigest,
            batch.IsLast);
        await SaveProgressAsync(session, batch, progress, isFirst: stored is null);
        var rejects = admission.Rejected;
        if (rejects.Length > 0)
        {
            await session.CopyAsync(ImportRows.Rejects(batch.ImportId, rejects));
        }

        await AppendAsync(session, batch, batchId, counter, staged.Count, loaded);
        await session.CommitAsync();
        return new ImportBatchResult(progress, rejects);
    }

    private static bool IsDone(ImportProgress before, ImportBatch batch) =>
        before.LinesRead == batch.LinesAfter
        && before.IsComplete == batch.IsLast
        && string.Equals(before.PrefixDigest, batch.PrefixDigest, StringComparison.Ordinal);

    private static Task<long> RaiseCounterAsync(SqlServerSession session, long count, string before = "") =>
        session.QuerySingleAsync<long>(before + SqlServerStatements.RaiseCounter, new DynamicParameters().Long("count", count));

    private static async Task<BatchAdmission> JudgeAsync(SqlServerSession session, ImportBatch batch, Guid batchId, Rulebook rulebook)
    {
        var present = await session.QueryAsync<EventRow>(
            SqlServerStatements.ReadStagedHistories, new DynamicParameters().Id("batchId", batchId));
        var admission = new BatchAdmission(rulebook, present.Select(row => (PermitNumber.FromStored(row.Permit), row.ToEvent())));
        foreach (var line in batch.Lines)
        {
            admission.Add(line);
        }

        return admission;
    }

    private static async Task SaveProgressAsync(SqlServerSession session, ImportBatch batch, ImportProgress progress, bool isFirst)
    {
        var parameters = new DynamicParameters()
            .ImportId(batch.ImportId)
            .Long("linesRead", progress.LinesRead)
            .Long("eventsLoaded", progress.EventsLoaded)
            .Long("revision", progress.Revision)
            .PrefixDigest(progress.PrefixDigest)
            .Bit("isComplete", progress.IsComplete);
        var saved = isFirst
            ? await session.ExecuteAsync(SqlServerStatements.InsertImport, parameters.RecordedBy(batch.RecordedBy))
            : await session.ExecuteAsync(SqlServerStatements.UpdateImport, parameters.Long("linesBefore", batch.LinesBefore));
        if (saved != 1)
        {
            throw new ImportConflictException(batch.ImportId, batch.LinesBefore);
        }
    }

    private static async Task AppendAsync(
        SqlServerSession session, ImportBatch batch, Guid batchId, long counter, int staged, int loaded)
    {
        if (staged == 0)
        {
            return;
        }

        if (loaded > 0)
        {
            var parameters = new DynamicParameters()
                .Id("batchId", batchId)
                .ImportId(batch.ImportId)
                .Long("before", counter)
                .Long("linesBefore", batch.LinesBefore)
                .RecordedBy(batch.RecordedBy);
            var appended = await session.ExecuteAsync(SqlServerStatements.AppendStaged, parameters);
            if (appended != loaded)
            {
                throw new RegistryUnavailableException(
                    $"The registry could not answer: it appended {appended} events of a batch that admits {loaded}.");
            }
        }

        await session.ExecuteAsync(SqlServerStatements.DeleteStaged, new DynamicParameters().Id("batchId", batchId));
        if (loaded < staged)
        {
            await RaiseCounterAsync(session, loaded - staged);
        }
    }
}
