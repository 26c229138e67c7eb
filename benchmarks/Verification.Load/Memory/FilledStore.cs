using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Verification.Caching;
using Verification.Core.Lookup;
using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Core.Permits.RegistryFile;
using Verification.Core.Registry;
using Verification.Core.Rules.Rulebooks;
using Verification.Load.MadeUp;
using Verification.Storage.Sqlite;

namespace Verification.Load.Memory;

/// <summary>A registry in SQLite with so many made-up permits, in a folder of its own.</summary>
internal sealed class FilledStore : IAsyncDisposable
{
    private const int BatchLines = 10_000;
    private const int BatchSize = 1_000;
    private const int ColdBatches = 100;
    private const long BytesAPermit = 200;

    private readonly DirectoryInfo _folder;
    private readonly SqliteRegistry _store;
    private readonly int _count;

    private FilledStore(DirectoryInfo folder, SqliteRegistry store, int count)
    {
        _folder = folder;
        _store = store;
        _count = count;
    }

    /// <summary>Makes and fills it.</summary>
    /// <param name="count">How many permits.</param>
    /// <param name="byDate">Whether events come in the order of their dates, and not permit by permit.</param>
    public static async Task<FilledStore> ImportAsync(int count, bool byDate)
    {
        var folder = Directory.CreateTempSubdirectory("verification-preload-");
        var store = await SqliteRegistry.OpenAsync(Path.Combine(folder.FullName, "registry.db"), true, 1, TimeProvider.System, CancellationToken.None);
        var permits = new MadeUpPermits(Core.Rules.Dates.Calendar.DateInBeijing(TimeProvider.System.GetUtcNow()));
        var statements = Enumerable.Range(0, count).SelectMany(index =>
        {
            var history = permits.HistoryOf(index);
            return history.Events.Select(recorded => new PermitStatement(history.Number, recorded.Event));
        });
        if (byDate)
        {
            statements = statements.OrderBy(statement => statement.Event.On);
        }

        var begun = Stopwatch.GetTimestamp();
        var read = 0;
        foreach (var lines in statements.Chunk(BatchLines))
        {
            var batch = new ImportBatch(
                "made-up", read, read + lines.Length, [.. lines.Select((statement, i) => new ImportLine(i + 1, statement))], "00", false, "bureau");
            if ((await store.ImportAsync(batch, CancellationToken.None)).Rejects is { Length: > 0 } rejects)
            {
                throw new InvalidOperationException($"{rejects.Length} events were rejected.");
            }

            read += lines.Length;
        }

        await TellAsync($"{count:N0} permits, {read:N0} events imported in {Stopwatch.GetElapsedTime(begun).TotalSeconds:F1} s{(byDate ? ", by date" : string.Empty)}");
        return new FilledStore(folder, store, count);
    }

    /// <summary>Tells how long memory takes to be filled.</summary>
    public async Task TellPreloadAsync(int rounds)
    {
        for (var round = 0; round < rounds; round++)
        {
            var options = new CachingOptions();
            (options.Memory.Limit, options.Memory.Preload) = (Math.Max(1 << 20, _count * BytesAPermit), true);
            await using var node = new RegistryNode(
                _store, _store, options, RulebookLibrary.Embedded, TimeProvider.System, NullLoggerFactory.Instance, scan: _store);
            using var ended = new CancellationTokenSource();
            var (begun, cpu) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
            var running = Task.Run(() => node.RunAsync(ended.Token));
            while (node.Readiness.Revision is null || node.Readiness.PermitsPreloaded is not null)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
            }

            var (took, used) = (Stopwatch.GetElapsedTime(begun), Environment.CpuUsage.TotalTime - cpu);
            var answer = await node.Lookup.FindAsync(
                Number(_count - 1), RulebookLibrary.Embedded.On(Today), default, CancellationToken.None);
            await ended.CancelAsync();
            await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await TellAsync($"preload of {_count:N0} permits: {took.TotalSeconds:F2} s, {used.TotalSeconds:F2} s of processor time; the last one from {answer.Source}");
        }
    }

    /// <summary>Tells what a check costs in a batch of which no permit is in memory.</summary>
    public async Task TellColdBatchesAsync(int rounds)
    {
        var rulebook = RulebookLibrary.Embedded.On(Today);
        var options = new CachingOptions();
        options.Memory.Limit = 16 << 10;
        await using var node = new RegistryNode(_store, _store, options, RulebookLibrary.Embedded, TimeProvider.System, NullLoggerFactory.Instance);
        using var ended = new CancellationTokenSource();
        var running = Task.Run(() => node.RunAsync(ended.Token));
        while (node.Readiness.Revision is null)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }

        // The first round compiles what is run, and has the node's one walk through all events beside it.
        for (var round = -1; round < rounds; round++)
        {
            var chance = new Random(round);
            var batches = Enumerable.Range(0, ColdBatches)
                .Select(_ => Enumerable.Range(0, BatchSize).Select(_ => Number(chance.Next(_count))).ToArray()).ToArray();
            var read = 0;
            var cpu = Environment.CpuUsage.TotalTime;
            foreach (var batch in batches)
            {
                var found = await node.Lookup.FindManyAsync(batch, rulebook, default, CancellationToken.None);
                read += found.Answers.Count(answer => answer?.Source == LookupSource.Registry);
            }

            var used = (Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds / (ColdBatches * BatchSize);
            await TellAsync($"cold, batches of {BatchSize:N0}: {used:F1} µs of processor time a permit, {read:N0} of {ColdBatches * BatchSize:N0} read from the registry{(round < 0 ? ", to warm up" : string.Empty)}");
        }

        await ended.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }

    private static DateOnly Today => Core.Rules.Dates.Calendar.DateInBeijing(TimeProvider.System.GetUtcNow());

    private static PermitNumber Number(int index) => PermitNumber.Parse(MadeUpPermits.NumberOf(index));

    private static Task TellAsync(FormattableString line) => Console.Out.WriteLineAsync(line.ToString(CultureInfo.InvariantCulture));
}
