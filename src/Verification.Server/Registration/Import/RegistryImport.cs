using System.Collections.Immutable;
using System.Threading.Channels;
using Verification.Core.Permits;
using Verification.Core.Registry;
using Verification.Core.Rules.Dates;
using Verification.Core.Rules.Rulebooks;
using Verification.Server.Limits;
using Verification.Server.Telemetry;
using Verification.Storage.Sqlite;
using Contract = Permits.Registry.V1;

namespace Verification.Server.Registration.Import;

/// <summary>
/// Loads a registry file batch by batch: the next batch is read and parsed while the last one is stored. Memory is bounded by two
/// batches, and 24 bytes a line to count those that say the same. An import that is sent again resumes where it stopped and reports, in
/// the end, what an undisturbed one reports.
/// </summary>
internal sealed class RegistryImport(
    IPermitRegistry registry,
    OwnWrites ownWrites,
    IdentityDigester digester,
    RulebookLibrary rulebooks,
    IHostApplicationLifetime lifetime,
    TimeProvider timeProvider,
    ILogger<RegistryImport> logger)
{
    /// <summary>Ends with the caller's token, or when the server stops.</summary>
    public CancellationTokenSource StoppingWith(CancellationToken cancellationToken) =>
        CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);

    /// <summary>Loads a file. When the server stops, the batch under way is stored first.</summary>
    /// <param name="importId">Names the file.</param>
    /// <param name="pieces">The file, cut anywhere.</param>
    /// <param name="recordedBy">Who imports.</param>
    /// <param name="write">Takes the progress, one message after the other.</param>
    /// <param name="cancellationToken">Ends the import; what is stored stays.</param>
    /// <exception cref="OperationCanceledException">The caller or the server stops.</exception>
    public async Task RunAsync(
        string importId,
        IAsyncEnumerable<ReadOnlyMemory<byte>> pieces,
        string recordedBy,
        Func<Contract.ImportEventsResponse, Task> write,
        CancellationToken cancellationToken)
    {
        var stored = await registry.ReadImportAsync(importId, cancellationToken);
        Log.ImportBegins(logger, stored.LinesRead + 1);
        var report = new ImportReport(write, stored.IsComplete);
        var batchSize = new BatchSize();
        using var reader = new ImportReader(importId, stored, digester, batchSize, recordedBy);
        await RunAsync(
            reader, pieces, step => TakeAsync(step, importId, batchSize, report, cancellationToken), cancellationToken);
    }

    /// <summary>Judges a file as an import would against the registry as it stands now, and stores nothing.</summary>
    /// <param name="pieces">The file, cut anywhere.</param>
    /// <param name="write">Takes the progress, one message after the other.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    /// <exception cref="OperationCanceledException">The caller or the server stops.</exception>
    public async Task CheckAsync(
        IAsyncEnumerable<ReadOnlyMemory<byte>> pieces, Func<Contract.ImportEventsResponse, Task> write, CancellationToken cancellationToken)
    {
        var report = new ImportReport(write, isRepeated: false);
        var rulebook = rulebooks.On(Calendar.DateInBeijing(timeProvider.GetUtcNow()));
        using var events = new FileEvents();
        var check = await ImportCheck.BeginAsync(registry, rulebook, events, cancellationToken);
        using var reader = new ImportReader(string.Empty, ImportProgress.None, digester, new BatchSize(), string.Empty);
        await RunAsync(
            reader,
            pieces,
            async step =>
            {
                var result = await check.JudgeAsync(((ImportStep.Store)step).Batch, cancellationToken);
                await report.WriteAsync(result.Progress, result.Rejects);
                await report.WriteAsync(result.Progress, step.UnknownFields);
                lifetime.ApplicationStopping.ThrowIfCancellationRequested();
            },
            cancellationToken);
    }

    /// <summary>Takes a file's steps one after the other, while the next one is read.</summary>
    private async Task RunAsync(
        ImportReader reader, IAsyncEnumerable<ReadOnlyMemory<byte>> pieces, Func<ImportStep, Task> take, CancellationToken cancellationToken)
    {
        using var reading = StoppingWith(cancellationToken);
        var steps = Channel.CreateBounded<ImportStep>(
            new BoundedChannelOptions(1) { SingleReader = true, SingleWriter = true });
        var read = FillAsync(steps.Writer, reader.ReadAsync(pieces, reading.Token), reading.Token);
        try
        {
            await foreach (var step in steps.Reader.ReadAllAsync(cancellationToken))
            {
                await take(step);
            }
        }
        finally
        {
            await reading.CancelAsync();
            await read;
        }
    }

    /// <summary>Passes the reader's steps on; its failure too, which the steps before it precede.</summary>
    private static async Task FillAsync(
        ChannelWriter<ImportStep> writer, IAsyncEnumerable<ImportStep> steps, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var step in steps)
            {
                await writer.WriteAsync(step, cancellationToken);
            }

            writer.Complete();
        }
        catch (Exception cause)
        {
            writer.Complete(cause);
        }
    }

    private async Task TakeAsync(
        ImportStep step,
        string importId,
        BatchSize batchSize,
        ImportReport report,
        CancellationToken cancellationToken)
    {
        if (step is ImportStep.Resume resume)
        {
            await ReportStoredAsync(importId, resume.Progress, report, cancellationToken);
            await report.WriteAsync(resume.Progress, resume.UnknownFields);
            return;
        }

        var batch = ((ImportStep.Store)step).Batch;
        var started = timeProvider.GetTimestamp();
        var result = await registry.ImportAsync(batch, cancellationToken);
        batchSize.Observe(batch.LinesAfter - batch.LinesBefore, timeProvider.GetElapsedTime(started));
        if (batch.IsLast)
        {
            await ownWrites.SettleAsync(result.Progress.Revision, new CallTime(DateTime.MaxValue, cancellationToken));
        }

        await report.WriteAsync(result.Progress, result.Rejects);
        await report.WriteAsync(result.Progress, step.UnknownFields);
        if (batch.IsLast)
        {
            var whole = result.Progress;
            Log.ImportComplete(logger, whole.LinesRead, whole.EventsLoaded, whole.AlreadyRecorded, whole.Revision);
        }
        else
        {
            lifetime.ApplicationStopping.ThrowIfCancellationRequested();
        }
    }

    private async Task ReportStoredAsync(
        string importId,
        ImportProgress progress,
        ImportReport report,
        CancellationToken cancellationToken)
    {
        ImmutableArray<RejectedLine> rejects;
        var afterLine = 0L;
        do
        {
            rejects = await registry.ReadRejectsAsync(importId, afterLine, ImportReport.MaxRejects, cancellationToken);
            await report.WriteAsync(progress, rejects);
            afterLine = rejects.IsEmpty ? afterLine : rejects[^1].Line;
        }
        while (rejects.Length == ImportReport.MaxRejects);
    }
}
