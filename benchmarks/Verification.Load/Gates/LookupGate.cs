using System.Diagnostics;
using Microsoft.Extensions.Hosting;
using Verification.Caching;
using Verification.Core.Lookup;
using Verification.Core.Permits;
using Verification.Core.Rules.Dates;
using Verification.Core.Rules.Rulebooks;
using Verification.Core.Rules.Timelines;
using Verification.Load.MadeUp;
using Verification.Load.Measuring;

namespace Verification.Load.Gates;

/// <summary>
/// The lookup that memory answers, beside a plain dictionary of the same timelines, in this process and on every core at the same time. Beside
/// the dictionary both clocks are read, as nobody can tell how old an answer is without them: what they cost differs from machine to machine by
/// more than a regression would. A try is a fraction of a millisecond, and of a few dozen the shortest counts: one that nothing interrupted.
/// </summary>
/// <param name="regression">What makes it dearer than it is.</param>
internal sealed class LookupGate(Regression regression) : IGate
{
    private const int Permits = 4_096;
    private const int TriesARound = 75;

    // Where a dictionary happens to lie in memory makes it up to twice as slow: each round has one of its own.
    private const int Placements = 4;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);

    private readonly PermitNumber[] _numbers = [.. Enumerable.Range(0, Permits).Select(index => PermitNumber.Parse(MadeUpPermits.NumberOf(index)))];

    /// <inheritdoc/>
    public string Name => "lookup";

    /// <inheritdoc/>
    public string Unit => "ns";

    /// <inheritdoc/>
    public async Task<Pairs> MeasureAsync(int rounds)
    {
        var today = Calendar.DateInBeijing(TimeProvider.System.GetUtcNow());
        var rulebook = RulebookLibrary.Embedded.On(today);
        var registry = new MadeUpRegistry(new MadeUpPermits(today), Permits, TimeProvider.System);
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddPermitLookup(_ => registry, new CachingOptions(), RulebookLibrary.Embedded);
        using var host = builder.Build();
        await host.StartAsync();
        var lookup = host.Services.GetRequiredService<IPermitLookup>();
        if (regression == Regression.Lock)
        {
            lookup = new LockedLookup(lookup);
        }

        var plain = new Dictionary<PermitNumber, PermitTimeline>();
        foreach (var number in _numbers)
        {
            plain.Add(number, (await lookup.FindAsync(number, rulebook, default, CancellationToken.None)).Timeline!.Value);
        }

        new Random(1).Shuffle(_numbers);

        using var crew = new Crew();
        for (var startedAt = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(startedAt) < WarmUp;)
        {
            MeasureRound(crew, lookup, rulebook, plain);
        }

        var measured = Enumerable.Range(0, rounds * Placements).Select(_ => MeasureRound(crew, lookup, rulebook, plain)).ToArray();
        await host.StopAsync();
        return new Pairs([.. measured.Select(round => round.Lookup)], [.. measured.Select(round => round.Plain)]);
    }

    private (double Lookup, double Plain) MeasureRound(
        Crew crew, IPermitLookup lookup, Rulebook rulebook, Dictionary<PermitNumber, PermitTimeline> plain)
    {
        var (shortest, shortestPlain) = (double.MaxValue, double.MaxValue);
        plain = new(plain);
        for (var i = 0; i < TriesARound; i++)
        {
            shortest = Math.Min(shortest, Time(crew, () => AskLookup(lookup, rulebook)));
            shortestPlain = Math.Min(shortestPlain, Time(crew, () => AskPlain(plain)));
        }

        return (shortest, shortestPlain);
    }

    private static double Time(Crew crew, Func<int> ask)
    {
        var (found, nanoseconds) = crew.Run(ask);
        var asked = Permits * Environment.ProcessorCount;
        return found == asked
            ? nanoseconds / Permits
            : throw new InvalidOperationException($"Of {asked} permits asked for {found} were found in memory.");
    }

    private int AskLookup(IPermitLookup lookup, Rulebook rulebook)
    {
        var found = 0;
        foreach (var number in _numbers)
        {
            var finding = lookup.FindAsync(number, rulebook, default, CancellationToken.None);
            found += finding.IsCompletedSuccessfully && finding.Result is { Source: LookupSource.Memory, Timeline: { } timeline } && timeline.Number == number ? 1 : 0;
        }

        return found;
    }

    private int AskPlain(Dictionary<PermitNumber, PermitTimeline> plain)
    {
        var found = 0;
        var clock = TimeProvider.System;
        foreach (var number in _numbers)
        {
            var isTime = clock.GetTimestamp() != 0 & clock.GetUtcNow().Ticks != 0;
            found += isTime && plain.TryGetValue(number, out var timeline) && timeline.Number == number ? 1 : 0;
        }

        return found;
    }
}
