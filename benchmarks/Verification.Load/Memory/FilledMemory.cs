using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Hosting;
using Verification.Caching;
using Verification.Core.Lookup;
using Verification.Core.Permits;
using Verification.Core.Rules.Codes;
using Verification.Core.Rules.Rulebooks;
using Verification.Core.Rules.Verdicts;
using Verification.Load.MadeUp;
using Verification.Load.Measuring;

namespace Verification.Load.Memory;

/// <summary>A node in this process whose memory holds so many made-up permits.</summary>
internal sealed class FilledMemory : IAsyncDisposable
{
    private const int BatchSize = 1_000;
    private const int ARound = 200_000;
    private const int ASlice = 2_000;
    private const long BytesAPermit = 200;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(20);

    private readonly IHost _host;
    private readonly IPermitLookup _lookup;
    private readonly PermitNumber[] _numbers;
    private readonly DateOnly _today;
    private readonly Rulebook _rulebook;
    private readonly long _bytes;

    private FilledMemory(IHost host, IPermitLookup lookup, PermitNumber[] numbers, DateOnly today, long bytes)
    {
        _host = host;
        _lookup = lookup;
        _numbers = numbers;
        _today = today;
        _rulebook = RulebookLibrary.Embedded.On(today);
        _bytes = bytes;
    }

    /// <summary>Fills it.</summary>
    public static async Task<FilledMemory> FillAsync(int count)
    {
        var today = Core.Rules.Dates.Calendar.DateInBeijing(TimeProvider.System.GetUtcNow());
        var registry = new MadeUpRegistry(new MadeUpPermits(today), count, TimeProvider.System);
        var options = new CachingOptions();
        options.Memory.Limit = Math.Max(1 << 20, count * BytesAPermit);
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddPermitLookup(_ => registry, options, RulebookLibrary.Embedded);
        var host = builder.Build();
        await host.StartAsync();
        var lookup = host.Services.GetRequiredService<IPermitLookup>();
        var rulebook = RulebookLibrary.Embedded.On(today);
        var numbers = new PermitNumber[count];
        await FillAsync(0);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await Parallel.ForAsync(1, (count + BatchSize - 1) / BatchSize, async (batch, _) => await FillAsync(batch * BatchSize));
        return new FilledMemory(host, lookup, numbers, today, GC.GetTotalMemory(forceFullCollection: true) - before);

        async Task FillAsync(int from)
        {
            var batch = numbers.AsMemory(from, Math.Min(BatchSize, count - from));
            for (var i = 0; i < batch.Length; i++)
            {
                batch.Span[i] = PermitNumber.Parse(MadeUpPermits.NumberOf(from + i));
            }

            await lookup.FindManyAsync(batch.ToArray(), rulebook, default, CancellationToken.None);
        }
    }

    /// <summary>Tells the bytes a permit and the process's memory.</summary>
    public async Task TellSizeAsync()
    {
        using var process = Process.GetCurrentProcess();
        await Console.Out.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{_numbers.Length:N0} permits: {(double)_bytes / (_numbers.Length - BatchSize):F1} B on the heap a permit; "
            + $"RSS {process.WorkingSet64 / 1e6:N0} MB, of it {_numbers.Length * 16L / 1e6:N0} MB of the numbers asked for"));
    }

    /// <summary>Tells how long collections stop everything while batches are asked for, which make garbage.</summary>
    public async Task TellPausesAsync(TimeSpan time)
    {
        using var ended = new CancellationTokenSource(time);
        var (longest, collections, full) = (TimeSpan.Zero, GC.CollectionCount(0), GC.CollectionCount(2));
        var watching = Task.Run(async () =>
        {
            for (long last = 0; !ended.IsCancellationRequested;)
            {
                var info = GC.GetGCMemoryInfo(GCKind.Any);
                if (info.Index != last)
                {
                    last = info.Index;
                    foreach (var pause in info.PauseDurations)
                    {
                        longest = pause > longest ? pause : longest;
                    }
                }

                await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        });
        var asked = await Task.Run(async () =>
        {
            var chance = new Random(1);
            long asked = 0;
            for (; !ended.IsCancellationRequested; asked += BatchSize)
            {
                var batch = _numbers.AsSpan(chance.Next(_numbers.Length - BatchSize), BatchSize).ToArray();
                await _lookup.FindManyAsync(batch, _rulebook, default, CancellationToken.None);
            }

            return asked;
        });
        await watching;
        (collections, full) = (GC.CollectionCount(0) - collections, GC.CollectionCount(2) - full);
        var begun = Stopwatch.GetTimestamp();
        GC.Collect(2, GCCollectionMode.Forced, blocking: true);
        await Console.Out.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{asked:N0} asked for in batches in {time.TotalSeconds:0} s: {collections} collections, {full} of them full; longest pause "
            + $"{longest.TotalMilliseconds:F1} ms; one that is forced to be full and blocking {Stopwatch.GetElapsedTime(begun).TotalMilliseconds:F1} ms"));
    }

    /// <summary>
    /// Tells lookup, standing and decisions beside a dictionary's get, of the same keys in the same random order: one number after the other,
    /// and a thousand in a batch. The processor reads ahead by itself for the dictionary, whose get is short.
    /// </summary>
    public async Task TellLookupsAsync(int rounds)
    {
        // Filled in order, as memory was, and asked at random: what was made together lies together.
        var plain = new ConcurrentDictionary<UInt128, object>(Environment.ProcessorCount, _numbers.Length);
        foreach (var number in _numbers)
        {
            plain[number.Packed] = new Value((long)number.Packed, 1, 2, 3, 4, 5);
        }

        new Random(1).Shuffle(_numbers);
        var keys = Array.ConvertAll(_numbers, number => number.Packed);

        var aRound = Math.Min(ARound, keys.Length);
        var (alone, together, its) = (new List<double>(), new List<double>(), new List<double>());
        long allocated = 0;

        // Short turns, of which the middle one counts: other work on the machine that falls into some of them counts in none.
        var slices = aRound / ASlice;
        var (onesAlone, onesTogether, onesIts) = (new double[slices], new double[slices], new double[slices]);

        // Until the runtime has compiled anew what is called so often.
        for (var begun = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(begun) < WarmUp;)
        {
            Decide(_numbers.AsSpan(0, aRound));
            DecideTogether(0, aRound);
            Get(plain, keys.AsSpan(0, aRound));
        }

        for (var round = 0; round < rounds; round++)
        {
            var from = (int)((long)round * aRound % (keys.Length - aRound + 1));
            GC.Collect();
            for (var i = 0; i < slices; i++)
            {
                // Other numbers each, so that none finds near what another has just read.
                var slice = from + (i * ASlice);
                var other = from + ((i + (slices / 2)) % slices * ASlice);
                var before = GC.GetAllocatedBytesForCurrentThread();
                onesAlone[i] = Time(Stopwatch.GetTimestamp(), Decide(_numbers.AsSpan(slice, ASlice)));
                allocated = Math.Max(allocated, GC.GetAllocatedBytesForCurrentThread() - before);
                onesTogether[i] = Time(Stopwatch.GetTimestamp(), DecideTogether(other, ASlice));
                onesIts[i] = Time(Stopwatch.GetTimestamp(), Get(plain, keys.AsSpan(slice, ASlice)));
            }

            alone.Add(MiddleOf(onesAlone));
            together.Add(MiddleOf(onesTogether));
            its.Add(MiddleOf(onesIts));
        }

        await TellAsync($"one after the other, {allocated} B allocated", alone);
        await TellAsync("in batches", together);

        Task TellAsync(string how, List<double> mine)
        {
            var ratio = Ratio.OfPairs(mine, its);
            return Console.Out.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"lookup, standing and decisions, {how}: {mine.Order().ElementAt(rounds / 2):F0} ns; dictionary {its.Order().ElementAt(rounds / 2):F0} ns; "
                + $"÷ {ratio.Value:F2} [{ratio.Low:F2} to {ratio.High:F2}], {rounds} rounds of {aRound:N0}"));
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }

    private static double Time(long begun, int done)
    {
        var took = Stopwatch.GetElapsedTime(begun).TotalNanoseconds / ASlice;
        return done == ASlice ? took : throw new InvalidOperationException($"Of {ASlice} only {done} were found.");
    }

    private static double MiddleOf(double[] slices)
    {
        Array.Sort(slices);
        return slices[slices.Length / 2];
    }

    private static int Get(ConcurrentDictionary<UInt128, object> plain, ReadOnlySpan<UInt128> keys)
    {
        var found = 0;
        foreach (var key in keys)
        {
            found += plain.TryGetValue(key, out var value) && ((Value)value).Sum == (long)key + 15 ? 1 : 0;
        }

        return found;
    }

    private int Decide(ReadOnlySpan<PermitNumber> numbers)
    {
        var found = 0;
        foreach (var number in numbers)
        {
            found += _lookup.TryFind(number, _rulebook, default, out var answer) && IsDecided(number, answer) ? 1 : 0;
        }

        return found;
    }

    private int DecideTogether(int from, int count)
    {
        var found = 0;
        for (var end = from + count; from < end; from += BatchSize)
        {
            var batch = new ArraySegment<PermitNumber>(_numbers, from, Math.Min(BatchSize, end - from));
            var answers = _lookup.FindManyAsync(batch, _rulebook, default, CancellationToken.None).GetAwaiter().GetResult().Answers;
            for (var i = 0; i < batch.Count; i++)
            {
                found += answers[i] is { Source: LookupSource.Memory } answer && IsDecided(batch[i], answer) ? 1 : 0;
            }
        }

        return found;
    }

    private bool IsDecided(PermitNumber number, in PermitAnswer answer)
    {
        var verdict = VerdictRules.Decide(
            number, answer.Timeline, _today, new DigestedSubject(SubjectRole.Holder, null), null, StandingView.Restricted);
        return verdict.Standing.Status != PermitStatus.NotFound && verdict.Decisions.Length > 0;
    }

    /// <summary>48 bytes, all of which are read.</summary>
    private sealed record Value(long A, long B, long C, long D, long E, long F)
    {
        public long Sum => A + B + C + D + E + F;
    }
}
