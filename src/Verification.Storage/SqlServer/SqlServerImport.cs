using System.Collections.Immutable;
using Dapper;
using Verification.Core.Permits.RegistryFile;
using Verification.Core.Registry;
using Verification.Core.Rules.Rulebooks;
using Verification.Storage.Records;

namespace Verification.Storage.SqlServer;

/// <summary>Loads one batch of an import in a transaction of a session.</summary>
/// <remarks>
/// The lines are staged before the counter row is locked, so that other writers wait only while the batch is judged and appended;
/// of a file that was sent before, only for the batches that load something.
/// </remarks>
internal static class SqlServerImport
{
    /// <summary>How far an import has come; null when it never began.</summary>
    public static async Task<ImportProgress?> ReadProgressAsync(SqlServerSession session, string importId)
    {
        var parameters = new DynamicParameters().ImportId(importId);
        return (await session.QueryFirstOrDefaultAsync<ImportRow>(SqlServerStatements.ReadImport, parameters))?.ToProgress();
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
        var staged = batch.Lines.Where(line => line.Statement is not null).ToList();
        if (staged.Count > 0)
        {
            await session.CopyAsync(ImportRows.Staged(batchId, staged));
        }

        return await ReadProgressAsync(session, batch.ImportId) is { AlreadyRecorded: > 0 } sentBefore
            && await TryPassOverAsync(session, batch, batchId, sentBefore, rulebook) is { } passed
            ? passed
            : await LoadAsync(session, batch, batchId, staged, rulebook, isRepeat, timeout);
    }

    /// <summary>
    /// Takes a batch that loads nothing without the counter row, so that no writer waits for a file that was sent before. Events are
    /// only ever added: what is recorded now stays so, and what is refused now was refused at this moment.
    /// </summary>
    /// <returns>Null where there is something to load, or another call is at the import; then nothing has changed.</returns>
    private static async Task<ImportBatchResult?> TryPassOverAsync(
        SqlServerSession session, ImportBatch batch, Guid batchId, ImportProgress before, Rulebook rulebook)
    {
        if (before.LinesRead != batch.LinesBefore || before.IsComplete)
        {
            return null;
        }

        var admission = await JudgeAsync(session, batch, batchId, rulebook);
        if (admission.Admitted.Count > 0)
        {
            return null;
        }

        await DeleteStagedAsync(session, batchId);
        var progress = before.After(batch, admission, lastRevision: 0);
        await SaveAsync(session, batch, progress, admission.Rejected, isFirst: false);
        return await CommitAsync(session, batch, progress, admission.Rejected);
    }

    private static async Task<ImportBatchResult> LoadAsync(
        SqlServerSession session,
        ImportBatch batch,
        Guid batchId,
        List<ImportLine> staged,
        Rulebook rulebook,
        bool isRepeat,
        TimeSpan timeout)
    {
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
        var progress = before.After(batch, admission, counter + loaded);
        await SaveAsync(session, batch, progress, admission.Rejected, isFirst: stored is null);
        if (loaded > 0 && admission.AlreadyRecorded.Count > 0)
        {
            await StageAdmittedAsync(session, batchId, staged, admission);
        }

        await AppendAsync(session, batch, batchId, counter, staged.Count, loaded);
        return await CommitAsync(session, batch, progress, admission.Rejected);
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
        var admission = new BatchAdmission(rulebook, present.Select(row => row.ToStatement()));
        foreach (var line in batch.Lines)
        {
            admission.Add(line);
        }

        return admission;
    }

    private static async Task SaveAsync(
        SqlServerSession session, ImportBatch batch, ImportProgress progress, ImmutableArray<RejectedLine> rejects, bool isFirst)
    {
        var parameters = new DynamicParameters()
            .ImportId(batch.ImportId)
            .Long("linesRead", progress.LinesRead)
            .Long("eventsLoaded", progress.EventsLoaded)
            .Long("revision", progress.Revision)
            .PrefixDigest(progress.PrefixDigest)
            .Bit("isComplete", progress.IsComplete)
            .Long("alreadyRecorded", progress.AlreadyRecorded)
            .Long("alreadyAnnulled", progress.AlreadyAnnulled);
        var saved = isFirst
            ? await session.ExecuteAsync(SqlServerStatements.InsertImport, parameters.RecordedBy(batch.RecordedBy))
            : await session.ExecuteAsync(SqlServerStatements.UpdateImport, parameters.Long("linesBefore", batch.LinesBefore));
        if (saved != 1)
        {
            throw new ImportConflictException(batch.ImportId, batch.LinesBefore);
        }

        if (rejects.Length > 0)
        {
            await session.CopyAsync(ImportRows.Rejects(batch.ImportId, rejects));
        }
    }

    /// <summary>Leaves of the staged lines only those to load: few, in a file that was sent before.</summary>
    private static async Task StageAdmittedAsync(
        SqlServerSession session, Guid batchId, List<ImportLine> staged, BatchAdmission admission)
    {
        HashSet<long> left = [.. admission.AlreadyRecorded, .. admission.Rejected.Select(reject => reject.Line)];
        await DeleteStagedAsync(session, batchId);
        await session.CopyAsync(ImportRows.Staged(batchId, staged.Where(line => !left.Contains(line.Line))));
    }

    private static Task<int> DeleteStagedAsync(SqlServerSession session, Guid batchId) =>
        session.ExecuteAsync(SqlServerStatements.DeleteStaged, new DynamicParameters().Id("batchId", batchId));

    private static async Task<ImportBatchResult> CommitAsync(
        SqlServerSession session, ImportBatch batch, ImportProgress progress, ImmutableArray<RejectedLine> rejects)
    {
        // When the import was completed, the server's clock has said.
        var reached = batch.IsLast ? await ReadProgressAsync(session, batch.ImportId) : progress;
        await session.CommitAsync();
        return new ImportBatchResult(reached!, rejects);
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

        await DeleteStagedAsync(session, batchId);
        if (loaded < staged)
        {
            await RaiseCounterAsync(session, loaded - staged);
        }
    }
}
