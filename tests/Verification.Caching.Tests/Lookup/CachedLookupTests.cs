using Microsoft.Extensions.Time.Testing;
using Verification.Core.Lookup;
using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Core.Registry;
using Verification.Core.Rules.Codes;
using Verification.Core.Rules.Dates;
using Verification.Core.Rules.Rulebooks;

namespace Verification.Caching.Tests.Lookup;

public sealed class CachedLookupTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _clock = new(Start);
    private TestSite _site = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _site = await TestSite.OpenAsync(_clock);

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task Find_SecondTime_AnswersFromMemoryWithoutARead()
    {
        await _site.IssueAsync(TestSite.Number(1));
        var node = await _site.PolledNodeAsync();

        var first = await node.Lookup.FindAsync(TestSite.Number(1), default, Token);
        var second = await node.Lookup.FindAsync(TestSite.Number(1), default, Token);

        Assert.Equal(LookupSource.Registry, first.Source);
        Assert.Equal(first with { Source = LookupSource.Memory, Timeline = null }, second with { Timeline = null });
        Assert.Equal(first.Timeline!.Value.Runs(StandingView.Authority), second.Timeline!.Value.Runs(StandingView.Authority));
        Assert.Equal(new PermitAnswer(first.Timeline, TestSite.Rulebook, 1, Start, LookupSource.Registry), first);
        Assert.Equal(1, _site.Registry.Loads);
    }

    [Fact]
    public async Task Find_MemoryHit_CompletesAtOnceAndAllocatesNothing()
    {
        await _site.IssueAsync(TestSite.Number(1));
        var lookup = (await _site.PolledNodeAsync()).Lookup;
        await lookup.FindAsync(TestSite.Number(1), default, Token);
        AskAgain(lookup, TestSite.Number(1), RulebookLibrary.Embedded, _clock);

        Assert.Equal(0, AskAgain(lookup, TestSite.Number(1), RulebookLibrary.Embedded, _clock));
    }

    /// <summary>What was read before the midnight of a rulebook answers after it, and what was asked before it is answered by the old one.</summary>
    [Fact]
    public async Task Find_RulebookThatComesIntoUse_IsCompiledAheadAndAllocatesNothing()
    {
        var rulebooks = TestRulebooks.Library(new DateOnly(2026, 11, 23));
        await _site.IssueAsync(TestSite.Number(1), on: new DateOnly(2026, 3, 5));
        var lookup = (await _site.PolledNodeAsync(rulebooks: rulebooks)).Lookup;
        await lookup.FindAsync(TestSite.Number(1), rulebooks.All[0], default, Token);
        await lookup.FindAsync(TestSite.Number(2), rulebooks.All[0], default, Token);
        var loads = _site.Registry.Loads;
        _site.Registry.BeforeLoad = _ => throw new InvalidOperationException("The registry was read.");

        foreach (var (rulebook, expiresOn) in rulebooks.All.Zip([new DateOnly(2029, 3, 5), new DateOnly(2030, 3, 5)]))
        {
            var answer = await lookup.FindAsync(TestSite.Number(1), rulebook, default, Token);
            var batch = await lookup.FindManyAsync([TestSite.Number(1), TestSite.Number(2)], rulebook, default, Token);
            var wall = new FakeTimeProvider(new DateTimeOffset(rulebook.EffectiveFrom, default, TimeSpan.FromHours(8)));
            AskAgain(lookup, TestSite.Number(1), rulebooks, wall);

            Assert.Equal((LookupSource.Memory, expiresOn), (answer.Source, ExpiryOf(answer)));
            Assert.Equal((rulebook, rulebook), (answer.Rulebook, answer.Timeline!.Value.Rulebook));
            Assert.Equal(answer with { Revision = batch.Revision, DataAsOf = batch.DataAsOf }, batch.Answers[0]);
            Assert.Equal((null, rulebook), (batch.Answers[1]!.Value.Timeline, batch.Answers[1]!.Value.Rulebook));
            Assert.Equal(0, AskAgain(lookup, TestSite.Number(1), rulebooks, wall));
        }

        Assert.Equal(loads, _site.Registry.Loads);
    }

    /// <summary>A rulebook of the past is asked for rarely: its timelines are compiled each time, from facts that are read once.</summary>
    [Fact]
    public async Task Find_RulebookOfThePast_IsCompiledFromFactsAndLeavesMemoryAsItIs()
    {
        var rulebooks = TestRulebooks.Library(new DateOnly(2026, 11, 22));
        var (past, present) = (rulebooks.All[0], rulebooks.All[1]);
        await _site.IssueAsync(TestSite.Number(1), on: new DateOnly(2026, 5, 5));
        await _site.AppendAsync(TestSite.Number(1), new Cancelled(new DateOnly(2026, 6, 1), null));
        var lookup = (await _site.PolledNodeAsync(rulebooks: rulebooks)).Lookup;
        await lookup.FindAsync(TestSite.Number(1), present, default, Token);

        var alone = await lookup.FindAsync(TestSite.Number(1), past, default, Token);
        var known = await lookup.FindKnownAtAsync(TestSite.Number(1), past, 1, Token);
        var loads = _site.Registry.Loads;
        var again = await lookup.FindAsync(TestSite.Number(1), past, default, Token);
        var after = await lookup.FindAsync(TestSite.Number(1), present, default, Token);

        Assert.Equal((2, 2), (loads, _site.Registry.Loads));
        Assert.Equal(alone with { Timeline = again.Timeline, Source = LookupSource.Memory }, again);
        Assert.Equal((past, PermitStatus.Cancelled, LookupSource.Registry), (alone.Timeline!.Value.Rulebook, StatusOf(alone), alone.Source));
        Assert.Equal((past, PermitStatus.Valid, new DateOnly(2029, 5, 5)), (known.Timeline!.Value.Rulebook, StatusOf(known), ExpiryOf(known)));
        Assert.Equal((present, LookupSource.Memory), (after.Timeline!.Value.Rulebook, after.Source));
    }

    [Fact]
    public async Task Find_AfterAnEventAndAPoll_AnswersTheNewStateOnly()
    {
        await _site.IssueAsync(TestSite.Number(1));
        var node = await _site.PolledNodeAsync();
        await node.Lookup.FindAsync(TestSite.Number(1), default, Token);
        await _site.AppendAsync(TestSite.Number(1), new Cancelled(new DateOnly(2024, 4, 1), null));

        var before = await node.Lookup.FindAsync(TestSite.Number(1), default, Token);
        await node.Feed.PollAsync(Token);
        var after = await node.Lookup.FindAsync(TestSite.Number(1), default, Token);

        Assert.Equal((1, PermitStatus.Expired), (before.Revision, StatusOf(before)));
        Assert.Equal((2, PermitStatus.Cancelled), (after.Revision, StatusOf(after)));
    }

    [Fact]
    public async Task FindKnownAt_RevisionLostByARestore_IsUnknownAndAskedForOnce()
    {
        await _site.IssueAsync(TestSite.Number(1));
        var restored = await _site.Registry.MarkRestoredAsync(1_000, Token);
        var lookup = (await _site.PolledNodeAsync()).Lookup;

        var lost = await Assert.ThrowsAsync<RevisionUnknownException>(async () => await lookup.FindKnownAtAsync(TestSite.Number(1), 2, Token));
        var reads = _site.Registry.Polls;
        await Assert.ThrowsAsync<RevisionUnknownException>(async () => await lookup.FindKnownAtAsync(TestSite.Number(1), 2, Token));

        Assert.Equal((2, restored.Revision), (lost.Asked, lost.Known));
        Assert.Equal(reads, _site.Registry.Polls);
        Assert.NotNull((await lookup.FindKnownAtAsync(TestSite.Number(1), 1, Token)).Timeline);
        Assert.NotNull((await lookup.FindKnownAtAsync(TestSite.Number(1), restored.Revision, Token)).Timeline);
    }

    [Fact]
    public async Task FindKnownAt_EarlierRevision_LeavesOutWhatCameLater()
    {
        await _site.IssueAsync(TestSite.Number(1));
        await _site.AppendAsync(TestSite.Number(1), new Cancelled(new DateOnly(2024, 4, 1), null));
        var lookup = (await _site.PolledNodeAsync()).Lookup;

        Assert.Null((await lookup.FindKnownAtAsync(TestSite.Number(1), 0, Token)).Timeline);
        Assert.Equal(PermitStatus.Expired, StatusOf(await lookup.FindKnownAtAsync(TestSite.Number(1), 1, Token)));
        Assert.Equal(PermitStatus.Cancelled, StatusOf(await lookup.FindKnownAtAsync(TestSite.Number(1), 2, Token)));
    }

    [Fact]
    public async Task FindMany_OneChangedSinceThePosition_AnswersAllAtOneRevision()
    {
        await _site.IssueAsync(TestSite.Number(1));
        await _site.IssueAsync(TestSite.Number(2));
        var node = await _site.PolledNodeAsync();
        await _site.AppendAsync(TestSite.Number(1), new Cancelled(new DateOnly(2024, 4, 1), null));
        var ahead = await node.Lookup.FindAsync(TestSite.Number(1), default, Token);

        var batch = await node.Lookup.FindManyAsync([TestSite.Number(1), TestSite.Number(2), TestSite.Number(1)], default, Token);

        Assert.Equal((3, PermitStatus.Cancelled), (ahead.Revision, StatusOf(ahead)));
        Assert.Null(batch.Failure);
        Assert.Equal(2, batch.Revision);
        Assert.All(batch.Answers, answer => Assert.Equal(PermitStatus.Expired, StatusOf(answer!.Value)));
    }

    [Fact]
    public async Task FindMany_RegistryAway_AnswersWhatMemoryKnows()
    {
        await _site.IssueAsync(TestSite.Number(1));
        var lookup = (await _site.PolledNodeAsync()).Lookup;
        await lookup.FindAsync(TestSite.Number(1), default, Token);
        _site.Registry.BeforeLoad = _ => throw new RegistryUnavailableException("away");

        var batch = await lookup.FindManyAsync([TestSite.Number(1), TestSite.Number(2)], default, Token);

        Assert.NotNull(batch.Answers[0]);
        Assert.Null(batch.Answers[1]);
        Assert.NotNull(batch.Failure);
    }

    [Fact]
    public async Task Find_NumberIssuedAfterItWasUnknown_IsKnownAfterThePoll()
    {
        var node = await _site.PolledNodeAsync();
        Assert.Null((await node.Lookup.FindAsync(TestSite.Number(1), default, Token)).Timeline);
        await _site.IssueAsync(TestSite.Number(1));
        await node.Feed.PollAsync(Token);

        Assert.NotNull((await node.Lookup.FindAsync(TestSite.Number(1), default, Token)).Timeline);
    }

    /// <summary>Asks many times without waiting, each time under the rulebook of the day as the service takes it for a message.</summary>
    /// <returns>
    /// The bytes allocated meanwhile, the least of three times: the runtime makes something of its own on this thread now and then, what a
    /// lookup allocates it does each time.
    /// </returns>
    private static long AskAgain(IPermitLookup lookup, PermitNumber number, RulebookLibrary rulebooks, TimeProvider wall) =>
        Enumerable.Range(0, 3).Min(_ => AskOnce(lookup, number, rulebooks, wall));

    private static long AskOnce(IPermitLookup lookup, PermitNumber number, RulebookLibrary rulebooks, TimeProvider wall)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10_000; i++)
        {
            var rulebook = rulebooks.On(Calendar.DateInBeijing(wall.GetUtcNow()));
            var answer = lookup.FindAsync(number, rulebook, default, CancellationToken.None);
            _ = answer.IsCompletedSuccessfully ? answer.Result : throw new InvalidOperationException("The lookup waited.");
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static DateOnly ExpiryOf(PermitAnswer answer) => answer.Timeline!.Value.RecordOn(new DateOnly(2026, 11, 22))!.Value.ExpiresOn;

    private static PermitStatus StatusOf(PermitAnswer answer) =>
        answer.Timeline!.Value.SegmentOn(new DateOnly(2026, 11, 22), StandingView.Authority).Standing.Status;
}
