using Microsoft.Extensions.Time.Testing;
using Verification.Core.Registry;
using Verification.Storage.Sqlite;

namespace Verification.Storage.Tests.Sqlite;

public sealed class SqliteThreadsTests
{
    private readonly FakeTimeProvider _clock = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_OneCallAfterTheOther_KeepsToOneThread()
    {
        await using var threads = new SqliteThreads("test", 4, _clock);

        var ran = new HashSet<int>();
        for (var i = 0; i < 2_000; i++)
        {
            ran.Add(await threads.RunAsync(() => Environment.CurrentManagedThreadId, Token));
        }

        Assert.Equal(1, threads.Count);
        Assert.Single(ran);
    }

    [Fact]
    public async Task Run_WorkThatFails_FailsItsCallerAndNobodyElse()
    {
        await using var threads = new SqliteThreads("test", 1, _clock);

        await Assert.ThrowsAsync<FormatException>(() => threads.RunAsync<int>(() => throw new FormatException(), Token));

        Assert.Equal(1, await threads.RunAsync(() => 1, Token));
    }

    /// <summary>A thousand callers give up on work that hangs: two threads are lost for so long, and nothing is kept for later.</summary>
    [Fact]
    public async Task Run_WorkThatHangs_EndsWithItsCallersAndTakesNoMoreThreads()
    {
        await using var threads = new SqliteThreads("test", 2, _clock);
        using var release = new ManualResetEventSlim();
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var ran = 0;
        var callers = Enumerable.Range(0, 1000).Select(_ => threads.RunAsync(
            () =>
            {
                Interlocked.Increment(ref ran);
                release.Wait(Token);
                return 0;
            },
            deadline.Token)).ToList();

        Assert.DoesNotContain(callers, caller => caller.IsCompleted);
        await deadline.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(callers));
        Assert.All(callers, caller => Assert.True(caller.IsCanceled));
        Assert.Equal(2, threads.Count);

        release.Set();
        var after = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => threads.RunAsync(() => 1, Token)));
        Assert.Equal([1, 1, 1, 1], after);
        Assert.Equal(2, ran);
    }

    [Fact]
    public async Task Close_WorkUnderWay_WaitsForIt()
    {
        var threads = new SqliteThreads("test", 1, _clock);
        using var release = new ManualResetEventSlim();
        var underWay = threads.RunAsync(() => Hang(release), Token);
        var waiting = threads.RunAsync(() => 2, Token);

        var closing = threads.CloseAsync();
        await Assert.ThrowsAsync<RegistryUnavailableException>(() => threads.RunAsync(() => 3, Token));
        Assert.False(closing.IsCompleted);
        release.Set();

        Assert.True(await closing);
        var answers = await Task.WhenAll(underWay, waiting);
        Assert.Equal([1, 2], answers);
    }

    [Fact]
    public async Task Close_WorkThatHangs_TellsItsCallersAfterTheGrace()
    {
        var threads = new SqliteThreads("test", 1, _clock);
        using var release = new ManualResetEventSlim();
        var underWay = threads.RunAsync(() => Hang(release), CancellationToken.None);
        var waiting = threads.RunAsync(() => 2, CancellationToken.None);

        var closing = threads.CloseAsync();
        _clock.Advance(TimeSpan.FromSeconds(5));

        Assert.False(await closing);
        await Assert.ThrowsAsync<RegistryUnavailableException>(() => underWay);
        await Assert.ThrowsAsync<RegistryUnavailableException>(() => waiting);
        release.Set();
    }

    private static int Hang(ManualResetEventSlim release)
    {
        release.Wait(Token);
        return 1;
    }
}
