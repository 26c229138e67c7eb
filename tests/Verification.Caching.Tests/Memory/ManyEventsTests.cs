using System.Diagnostics;
using Microsoft.Extensions.Time.Testing;
using Verification.Caching.Memory;
using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Core.Permits.RegistryFile;
using Verification.Core.Registry;
using Verification.Core.Rules.Codes;
using Verification.Core.Rules.Rulebooks;
using Verification.Core.Rules.Verdicts;

namespace Verification.Caching.Tests.Memory;

/// <summary>
/// A permit of 1,000 events, 500 of them annulled by 500 more: warm, it answers in the time of any other; cold, it costs at most twice
/// what one costs that never had them. By ratio, in one run and in turn, of the fastest rounds: what else runs only slows rounds down.
/// </summary>
[Collection(nameof(Measured))]
public sealed class ManyEventsTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Days = 500;
    private const int Rounds = 60;

    private static readonly PermitNumber Annulled = TestSite.Number(1);
    private static readonly PermitNumber Plain = TestSite.Number(2);
    private static readonly PermitNumber Short = TestSite.Number(3);
    private static readonly DateOnly Issued = new(2025, 7, 2);
    private static readonly DateOnly Today = new(2026, 11, 22);
    private static readonly VerdictRules Rules = new(new IdentityDigester(new byte[IdentityDigester.MinKeySize]));

    private TestSite _site = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _site = await TestSite.OpenAsync(new FakeTimeProvider(new DateTimeOffset(Today, new TimeOnly(10, 0), TimeSpan.Zero)));
        var events = new List<(PermitNumber Permit, PermitEvent Event)>();
        foreach (var permit in new[] { Annulled, Plain, Short })
        {
            events.Add((permit, new Issued(Issued, PermitKind.WorkResidencePermit)));
            for (var day = 1; day < Days && permit != Short; day++)
            {
                events.Add((permit, new Reissued(Issued.AddDays(day))));
                if (permit == Annulled)
                {
                    events.Add((permit, new Reissued(Issued.AddDays(day))));
                }
            }
        }

        events.Add((Annulled, new Reissued(Issued.AddDays(Days))));
        events.AddRange(Enumerable.Range(1, Days).Select(i => (Annulled, (PermitEvent)new Annulled(Today, 2 * i, "twice"))));
        var lines = events.Select((it, i) => new ImportLine(i + 1, new PermitStatement(it.Permit, it.Event), i + 1));
        var result = await _site.Registry.ImportAsync(
            new ImportBatch("file", 0, events.Count, [.. lines], "00", true, "bureau"), Token);
        Assert.Empty(result.Rejects);
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task Find_WarmPermitOfManyAnnulledEvents_AnswersInTheTimeOfAnyOther()
    {
        var node = await _site.PolledNodeAsync();
        foreach (var number in new[] { Annulled, Plain, Short })
        {
            await node.Lookup.FindAsync(number, default, Token);
        }

        var (annulled, plain, brief) = await FastestAsync(async number =>
        {
            for (var i = 0; i < 2_000; i++)
            {
                var timeline = (await node.Lookup.FindAsync(number, default, Token)).Timeline;
                Assert.Equal(SubjectMatch.NotChecked, Rules.Decide(number, timeline, Today, default, null, StandingView.Authority).SubjectMatch);
            }
        });
        output.WriteLine($"Warm, 2,000 checks: {annulled.TotalMicroseconds:0} µs; never annulled {plain.TotalMicroseconds:0} µs; one event {brief.TotalMicroseconds:0} µs");

        Assert.True(annulled < 1.5 * plain, $"{annulled} against {plain}");
        Assert.True(annulled < 1.5 * brief, $"{annulled} against {brief}");
    }

    [Fact]
    public async Task Load_ColdPermitOfManyAnnulledEvents_CostsAtMostTwiceOneThatNeverHadThem()
    {
        var rulebooks = RulebookLibrary.Embedded.From(Today);
        var last = new Dictionary<PermitNumber, PermitHistory>();
        var (annulled, plain, brief) = await FastestAsync(async number =>
        {
            var load = await _site.Registry.LoadAsync(number, Token);
            Assert.False(new CompiledPermit(number, load.History, load.Head.Revision, rulebooks).IsAbsent);
            last[number] = load.History!;
        });
        output.WriteLine($"Cold, load and compile: {annulled.TotalMicroseconds:0} µs; never annulled {plain.TotalMicroseconds:0} µs; one event {brief.TotalMicroseconds:0} µs");

        Assert.Equal((3 * Days, Days, Days), (last[Annulled].Events.Length, last[Annulled].Effective.Length, last[Plain].Effective.Length));
        Assert.True(annulled < 2 * plain, $"{annulled} against {plain}");
    }

    /// <summary>The fastest round of each of the three permits.</summary>
    private static async Task<(TimeSpan Annulled, TimeSpan Plain, TimeSpan Short)> FastestAsync(Func<PermitNumber, Task> round)
    {
        var fastest = new Dictionary<PermitNumber, TimeSpan>();
        for (var i = 0; i < Rounds; i++)
        {
            foreach (var number in new[] { Annulled, Plain, Short })
            {
                var begun = Stopwatch.GetTimestamp();
                await round(number);
                var took = Stopwatch.GetElapsedTime(begun);
                fastest[number] = took < fastest.GetValueOrDefault(number, TimeSpan.MaxValue) ? took : fastest[number];
            }
        }

        return (fastest[Annulled], fastest[Plain], fastest[Short]);
    }
}
