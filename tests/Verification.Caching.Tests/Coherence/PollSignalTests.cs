using Microsoft.Extensions.Time.Testing;
using Verification.Caching.Coherence;

namespace Verification.Caching.Tests.Coherence;

public sealed class PollSignalTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly FakeTimeProvider _clock = new();
    private readonly PollSignal _signal;

    public PollSignalTests() => _signal = new PollSignal(_clock);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Wait_Nobody_EndsAfterItsTime()
    {
        var waiting = _signal.WaitAsync(Second, Token);
        var insistence = _signal.WaitForInsistenceAsync(Second, Token);
        _clock.Advance(Second - TimeSpan.FromTicks(1));
        Assert.Equal((false, false), (waiting.IsCompleted, insistence.IsCompleted));

        _clock.Advance(TimeSpan.FromTicks(1));

        await waiting;
        await insistence;
    }

    [Fact]
    public async Task Wait_SomebodyAsks_EndsAtOnceUntilAPollBegins()
    {
        var waiting = _signal.WaitAsync(Second, Token);
        _signal.Nudge();

        await waiting;
        await _signal.WaitAsync(Second, Token);
        _signal.Begin();
        Assert.False(_signal.WaitAsync(Second, Token).IsCompleted);
        _ = _signal.NextPollAsync(insist: false);
        await _signal.WaitAsync(Second, Token);
    }

    [Fact]
    public async Task WaitForInsistence_OnlyWhoInsists_EndsIt()
    {
        _signal.Nudge();
        _ = _signal.NextPollAsync(insist: false);
        var waiting = _signal.WaitForInsistenceAsync(Second, Token);
        Assert.False(waiting.IsCompleted);

        _ = _signal.NextPollAsync(insist: true);

        await waiting;
        await _signal.WaitAsync(Second, Token);
        _signal.Begin();
        Assert.False(_signal.WaitForInsistenceAsync(Second, Token).IsCompleted);
    }

    [Fact]
    public async Task Wait_Cancelled_EndsQuietly() => await _signal.WaitAsync(Second, new CancellationToken(canceled: true));

    /// <summary>Who asks while a poll is under way waits for the one after it.</summary>
    [Fact]
    public async Task NextPoll_AskedWhileAPollIsUnderWay_IsTheOneAfter()
    {
        var first = _signal.NextPollAsync(insist: false);
        var underWay = _signal.Begin();
        var second = _signal.NextPollAsync(insist: false);
        var insisted = _signal.NextPollAsync(insist: true);

        Assert.Single(underWay).SetResult();
        await first;
        Assert.Equal((false, false), (second.IsCompleted, insisted.IsCompleted));

        var next = _signal.Begin();
        Assert.Equal(2, next.Count);
        Assert.All(next, one => one.SetResult());
        await Task.WhenAll(second, insisted);
        Assert.Empty(_signal.Begin());
    }

    [Fact]
    public async Task NextPoll_AskedByMany_IsOne()
    {
        var asked = Enumerable.Range(0, 10).Select(i => _signal.NextPollAsync(insist: i % 2 == 0)).ToArray();

        Assert.All(_signal.Begin(), one => one.SetResult());

        await Task.WhenAll(asked);
        Assert.Equal(2, asked.Distinct().Count());
    }

    [Fact]
    public async Task Fail_WhoWaitsForTheNext_HearsItAndWhoInsistsWaitsOn()
    {
        var waiting = _signal.NextPollAsync(insist: false);
        var insisted = _signal.NextPollAsync(insist: true);

        _signal.Fail(new InvalidOperationException("away"));

        await Assert.ThrowsAsync<InvalidOperationException>(() => waiting);
        Assert.False(insisted.IsCompleted);
        Assert.Single(_signal.Begin());
    }
}
