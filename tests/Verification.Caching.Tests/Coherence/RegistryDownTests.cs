using Microsoft.Extensions.Time.Testing;
using Verification.Caching.Coherence;
using Verification.Caching.Memory;
using Verification.Caching.Tests.Model;
using Verification.Core.Lookup;
using Verification.Core.Registry;

namespace Verification.Caching.Tests.Coherence;

/// <summary>The registry is down and a hundred callers ask on and on.</summary>
public sealed class RegistryDownTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Callers = 100;

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(5);

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.Zero));
    private readonly CountedLog _log = new();
    private TestSite _site = null!;
    private int _polls;
    private int _refused;

    public async ValueTask InitializeAsync() => _site = await TestSite.OpenAsync(_clock);

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    /// <summary>About one poll a second; who asks meanwhile hears the last failure at once. A minute, by a clock of the test's.</summary>
    [Fact]
    public void Run_AMinuteWithoutARegistryAndAHundredCallers_PollsOnceASecondAndLogsOnce()
    {
        PlayAMinute(Failing);

        output.WriteLine($"{_polls / 60.0:0.0} polls a second; {_log.Lines.Count} lines a minute; {_refused / 60} refusals a second");
        Assert.InRange(_polls, 45, 90);
        Assert.InRange(_refused, 100_000, int.MaxValue);
        Assert.InRange(_log.Lines.Count, 1, 2);
        Assert.All(_log.Lines, line => Assert.EndsWith("Connection refused", line, StringComparison.Ordinal));
    }

    /// <summary>Who must know what is so now has a poll begin, ten a second at most, and each poll serves all who wait.</summary>
    [Fact]
    public async Task Run_WithoutARegistryAndAHundredCallersWhoInsist_TriesTenTimesASecondForAllOfThem()
    {
        const int polls = 20;
        _site.Registry.BeforePoll = _ =>
        {
            _polls++;
            Failing();
            return Task.CompletedTask;
        };
        using var ended = new CancellationTokenSource();
        var options = new FeedOptions();
        var feed = new ChangeFeed(_site.Registry, NewEpoch, options, TimeProvider.System, _log, new Random(17).NextDouble);
        var gate = new FreshnessGate(feed, options, TimeProvider.System);
        var begun = TimeProvider.System.GetTimestamp();
        var running = feed.RunAsync(ended.Token);
        var callers = Enumerable.Range(0, Callers).Select(_ => Task.Run(() => InsistAsync(gate, ended.Token))).ToArray();
        await Eventually.TrueAsync(() => _polls >= polls, "Nobody polled.");
        var took = TimeProvider.System.GetElapsedTime(begun);
        await ended.CancelAsync();
        await Task.WhenAll([running, .. callers]);

        output.WriteLine($"{_polls} polls in {took.TotalSeconds:0.0} s for {_refused} refusals; {_log.Lines.Count} lines");
        Assert.InRange(took, (polls - 1) * PollTrouble.ShortestPause, TimeSpan.FromSeconds(10));
        Assert.InRange(_refused, _polls * Callers / 2, (_polls + 1) * Callers);
        Assert.Single(_log.Lines);
    }

    /// <summary>A line when it begins, one a minute later, and one when it is over.</summary>
    [Fact]
    public void Note_FailuresForAMinuteAndThenNone_LogsEachChangeOnceAndEachMinuteOnce()
    {
        var trouble = new PollTrouble(TimeSpan.FromSeconds(1), _clock, () => 0.5, _log);
        for (var second = 0; second <= 60; second++)
        {
            trouble.Note(new RegistryUnavailableException("away"));
            Assert.InRange(trouble.NextPause(), PollTrouble.ShortestPause, TimeSpan.FromSeconds(1));
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        trouble.End();
        trouble.End();

        Assert.Null(trouble.Failure);
        Assert.Equal(["Warning", "Warning", "Information"], _log.Lines.Select(line => line.Split(':')[0]));
        Assert.Contains("after 61 failures", _log.Lines[2], StringComparison.Ordinal);
    }

    private static void Failing() =>
        throw new RegistryUnavailableException("The registry could not be asked.", new IOException("Connection refused"));

    /// <summary>Plays a feed that runs, and callers who ask again fifty milliseconds after each answer.</summary>
    private void PlayAMinute(Action beforePoll)
    {
        var turns = new Turns(new Random(17));
        _site.Registry.BeforePoll = _ =>
        {
            _polls++;
            beforePoll();
            return Task.CompletedTask;
        };
        using var ended = new CancellationTokenSource();
        var outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(turns);
        try
        {
            var options = new FeedOptions();
            var feed = new ChangeFeed(_site.Registry, NewEpoch, options, _clock, _log, new Random(17).NextDouble);
            var gate = new FreshnessGate(feed, options, _clock);
            _ = feed.RunAsync(ended.Token);
            for (var i = 0; i < Callers; i++)
            {
                _ = AskAsync(gate, ended.Token);
            }

            for (var played = TimeSpan.Zero; played < TimeSpan.FromMinutes(1); played += Step)
            {
                for (var left = 100_000; turns.Waiting > 0; left--)
                {
                    Assert.True(left > 0, "It spins.");
                    turns.RunOne();
                }

                _clock.Advance(Step);
            }
        }
        finally
        {
            ended.Cancel();
            SynchronizationContext.SetSynchronizationContext(outer);
        }
    }

    private async Task InsistAsync(FreshnessGate gate, CancellationToken ended)
    {
        while (!ended.IsCancellationRequested)
        {
            try
            {
                await gate.PassAsync(FreshnessDemand.FullyConsistent(), ended);
            }
            catch (RegistryUnavailableException)
            {
                Interlocked.Increment(ref _refused);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task AskAsync(FreshnessGate gate, CancellationToken ended)
    {
        while (!ended.IsCancellationRequested)
        {
            try
            {
                await gate.PassAsync(default, ended);
            }
            catch (RegistryUnavailableException)
            {
                _refused++;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), _clock, ended);
        }
    }

    private static RegistryEpoch NewEpoch(Guid registryId, Guid cacheId, long startRevision) =>
        new(registryId, cacheId, startRevision, new BucketStamps(startRevision), new MemoryTier(TestSite.Options().Memory));
}
