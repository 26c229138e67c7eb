using Microsoft.Extensions.Time.Testing;
using Verification.Core.Lookup;
using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Core.Rules.Codes;

namespace Verification.Caching.Tests.Loading;

/// <summary>Many who come at once cost the registry what one costs.</summary>
public sealed class LoadBurstTests : IAsyncLifetime
{
    private const int Permits = 1_000;
    private const int Batches = 100;

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.Zero));
    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly PermitNumber[] _numbers = [.. Enumerable.Range(0, Permits).Select(TestSite.Number)];
    private TestSite _site = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _site = await TestSite.OpenAsync(_clock);
        await _site.ImportAsync(Permits, new DateOnly(2026, 4, 2));
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    /// <summary>A lottery's round names one revision, and all its first batches come together, each beginning elsewhere in the list.</summary>
    [Fact]
    public async Task FindManyKnownAt_FirstBurstOfAHundredBatchesOnOneRevision_LoadsEachNumberOnceAndTheRevisionOnce()
    {
        var lookup = await HeldLookupAsync();
        var before = _site.Registry.Polls;
        var batches = Enumerable.Range(0, Batches)
            .Select(i => Task.Run(() => lookup.FindManyKnownAtAsync([.. _numbers[(i * 10)..], .. _numbers[..(i * 10)]], Permits, Token), Token))
            .ToArray();
        await Eventually.TrueAsync(() => _site.Registry.Loads > 0, "Nothing was loaded.");
        _gate.SetResult();

        var found = await Task.WhenAll(batches);

        Assert.All(found, batch => Assert.Null(batch.Failure));
        Assert.All(found, batch => Assert.DoesNotContain(batch.Answers, answer => answer!.Value.Timeline is null));
        Assert.Equal(Permits, _site.Registry.NumbersLoaded);
        Assert.Equal(1, _site.Registry.Polls - before);
    }

    /// <summary>
    /// The round's revision is of this morning, and permits change all day: what they were then is read once, for a burst that finds
    /// memory cold or full of what they are now, and for every batch that comes later.
    /// </summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task FindManyKnownAt_BurstsOnARevisionBeforeLaterChanges_LoadWhatChangedOnce(bool memoryIsWarm)
    {
        const int changed = 50;
        foreach (var number in _numbers[..changed])
        {
            await _site.AppendAsync(number, new Cancelled(new DateOnly(2026, 5, 1), null));
        }

        var lookup = (await _site.PolledNodeAsync()).Lookup;
        if (memoryIsWarm)
        {
            await lookup.FindManyAsync(_numbers, default, Token);
        }

        var before = _site.Registry.NumbersLoaded;
        var gate = _gate.Task;
        _site.Registry.BeforeLoad = _ => gate;
        var burst = Enumerable.Range(0, Batches)
            .Select(i => Task.Run(() => lookup.FindManyKnownAtAsync([.. _numbers[(i * 10)..], .. _numbers[..(i * 10)]], Permits, Token), Token))
            .ToArray();
        await Eventually.TrueAsync(() => _site.Registry.NumbersLoaded > before, "Nothing was loaded.");
        _gate.SetResult();
        PermitBatch[] found =
        [
            .. await Task.WhenAll(burst),
            await lookup.FindManyKnownAtAsync(_numbers, Permits, Token),
            await lookup.FindManyKnownAtAsync(_numbers[..changed], changed - 1, Token),
        ];

        Assert.All(found, batch => Assert.Null(batch.Failure));
        Assert.All(found[..^1], batch => Assert.All(batch.Answers, answer => Assert.Equal(PermitStatus.Valid, StatusOf(answer!.Value))));
        Assert.Equal(1, found[^1].Answers.Count(answer => answer!.Value.Timeline is null));
        Assert.Equal(memoryIsWarm ? changed : Permits, _site.Registry.NumbersLoaded - before);
    }

    [Fact]
    public async Task Find_SinglyWhileABatchLoadsTheSame_JoinsTheBatch()
    {
        var lookup = await HeldLookupAsync();
        var batch = lookup.FindManyAsync(_numbers, default, Token);
        var single = lookup.FindAsync(_numbers[17], default, Token).AsTask();
        var overlapping = lookup.FindManyAsync([_numbers[17], TestSite.Number(Permits)], default, Token);
        _gate.SetResult();

        Assert.Equal(_numbers[17], (await single).Timeline!.Value.Number);
        Assert.Equal(_numbers[17], (await overlapping).Answers[0]!.Value.Timeline!.Value.Number);
        Assert.Null((await overlapping).Answers[1]!.Value.Timeline);
        Assert.Null((await batch).Failure);
        Assert.Equal(Permits + 1, _site.Registry.NumbersLoaded);
    }

    /// <summary>Callers with no patience, one after another: what they leave behind never comes to the registry.</summary>
    [Fact]
    public async Task Find_AThousandCallersWhoGiveUp_LeaveNoMoreLoadsThanThereAreTurns()
    {
        const int turns = 4;
        var options = TestSite.Options();
        options.Memory.MaxConcurrentLoads = turns;
        var lookup = await HeldLookupAsync(options);
        foreach (var number in _numbers)
        {
            using var patience = new CancellationTokenSource();
            var asked = lookup.FindAsync(number, default, patience.Token).AsTask();
            await patience.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
        }

        Assert.Equal(turns, _site.Registry.Loads);
        var last = lookup.FindAsync(TestSite.Number(Permits), default, Token).AsTask();
        _gate.SetResult();

        Assert.Null((await last).Timeline);
        Assert.Equal(turns + 1, _site.Registry.Loads);
    }

    [Fact]
    public async Task Find_AgainAfterGivingUpALoadUnderWay_JoinsIt()
    {
        var lookup = await HeldLookupAsync();
        using var patience = new CancellationTokenSource();
        var asked = lookup.FindAsync(_numbers[0], default, patience.Token).AsTask();
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);

        var again = lookup.FindAsync(_numbers[0], default, Token).AsTask();
        _gate.SetResult();

        Assert.NotNull((await again).Timeline);
        Assert.Equal(1, _site.Registry.Loads);
    }

    /// <summary>A batch of a thousand takes a hundred turns; so of 150 one batch and fifty singles are under way.</summary>
    [Fact]
    public async Task FindMany_Batches_TakeTurnsByTheirNumbers()
    {
        var options = TestSite.Options();
        options.Memory.MaxConcurrentLoads = 150;
        var lookup = await HeldLookupAsync(options);
        var first = lookup.FindManyAsync(_numbers, default, Token);
        var second = lookup.FindManyAsync([.. Enumerable.Range(Permits, Permits).Select(TestSite.Number)], default, Token);

        Assert.Equal(1, _site.Registry.Loads);
        _gate.SetResult();

        Assert.Null((await first).Failure);
        Assert.Null((await second).Failure);
        Assert.Equal(2, _site.Registry.Loads);
    }

    /// <summary>Larger than all turns together: it waits for all of them, and not for ever.</summary>
    [Fact]
    public async Task FindMany_MoreNumbersThanAllTurns_AreLoaded()
    {
        var options = TestSite.Options();
        options.Memory.MaxConcurrentLoads = 3;
        var lookup = await HeldLookupAsync(options);
        _gate.SetResult();

        Assert.Null((await lookup.FindManyAsync(_numbers, default, Token)).Failure);
    }

    private static PermitStatus StatusOf(PermitAnswer answer) =>
        answer.Timeline!.Value.SegmentOn(new DateOnly(2026, 11, 22), StandingView.Authority).Standing.Status;

    /// <summary>A node's lookup; loads are held up until the gate opens.</summary>
    private async Task<IPermitLookup> HeldLookupAsync(CachingOptions? options = null)
    {
        var lookup = (await _site.PolledNodeAsync(options)).Lookup;
        _site.Registry.BeforeLoad = _ => _gate.Task;
        return lookup;
    }
}
