using System.Diagnostics;
using Verification.Core.Registry;
using Verification.Storage.SqlServer;

namespace Verification.Storage.Tests.SqlServer;

public sealed class SqlServerCallsTests
{
    private static readonly TimeSpan Ample = TimeSpan.FromSeconds(30);
    private static readonly SqlServerCalls Calls = new(maxRepeats: 3);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RunRepeatable_FailureThatPasses_IsRepeated()
    {
        var runs = 0;

        var answer = await Calls.RunRepeatableAsync(Ample, _ => ++runs < 3 ? throw SqlFailure.Of(1205, 13) : Task.FromResult(runs), Token);

        Assert.Equal(3, answer);
    }

    [Fact]
    public async Task RunRepeatable_FailureThatDoesNotPass_IsUnavailableAfterTheRepeats()
    {
        var runs = 0;

        var failure = await Assert.ThrowsAsync<RegistryUnavailableException>(() => Calls.RunRepeatableAsync<int>(
            Ample,
            _ =>
            {
                runs++;
                throw SqlFailure.Of(1205, 13);
            },
            Token));

        Assert.Equal(4, runs);
        Assert.Equal("The registry could not answer: other calls were in the way, again and again. (SQL Server error 1205)", failure.Message);
    }

    [Theory]
    [InlineData(2627, 14, true)]
    [InlineData(-2, 11, true)]
    [InlineData(10061, 20, false)]
    public async Task RunRepeatable_FailureThatStays_IsNotRepeated(int number, byte severity, bool connected)
    {
        var runs = 0;

        await Assert.ThrowsAsync<RegistryUnavailableException>(() => Calls.RunRepeatableAsync<int>(
            Ample,
            _ =>
            {
                runs++;
                throw SqlFailure.Of(number, severity, connected);
            },
            Token));

        Assert.Equal(1, runs);
    }

    /// <summary>A frozen node that holds the counter row is told as that, and not as a slow server.</summary>
    [Fact]
    public async Task RunRepeatable_LockThatIsNotGiven_IsToldAndNotRepeated()
    {
        var runs = 0;

        var failure = await Assert.ThrowsAsync<RegistryUnavailableException>(() => Calls.RunRepeatableAsync<int>(
            Ample,
            _ =>
            {
                runs++;
                throw SqlFailure.Of(1222, 16);
            },
            Token));

        Assert.Equal(1, runs);
        Assert.Equal(
            "The registry could not answer: another session holds the registry's counter and does not let go: a node that is frozen, perhaps. "
            + "(SQL Server error 1222)",
            failure.Message);
    }

    [Fact]
    public async Task RunOnce_FailureThatPasses_IsNotRepeated()
    {
        var runs = 0;

        await Assert.ThrowsAsync<RegistryUnavailableException>(() => SqlServerCalls.RunOnceAsync<int>(
            Ample,
            _ =>
            {
                runs++;
                throw SqlFailure.Of(1205, 13);
            },
            Token));

        Assert.Equal(1, runs);
    }

    [Fact]
    public async Task RunOnce_CallThatHeedsNoCancellation_EndsWhenTheTimeIsOver()
    {
        var never = new TaskCompletionSource<int>();
        var watch = Stopwatch.StartNew();

        var failure = await Assert.ThrowsAsync<RegistryUnavailableException>(
            () => SqlServerCalls.RunOnceAsync(TimeSpan.FromMilliseconds(50), _ => never.Task, Token));

        Assert.Equal("The registry could not answer: it took longer than 0.05 s.", failure.Message);
        Assert.True(watch.Elapsed < Ample, $"It took {watch.Elapsed}.");
    }

    [Fact]
    public async Task RunOnce_CallThatBlocksItsThread_EndsWhenTheTimeIsOver()
    {
        using var release = new ManualResetEventSlim();

        await Assert.ThrowsAsync<RegistryUnavailableException>(() => SqlServerCalls.RunOnceAsync(
            TimeSpan.FromMilliseconds(50),
            _ =>
            {
                release.Wait(Token);
                return Task.FromResult(1);
            },
            Token));

        release.Set();
    }

    [Fact]
    public async Task RunOnce_CallerGivesUp_IsCancelledAndNotUnavailable()
    {
        using var caller = new CancellationTokenSource();
        var running = SqlServerCalls.RunOnceAsync(Ample, _ => new TaskCompletionSource<int>().Task, caller.Token);

        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task RunOnce_ConflictOfAnImport_StaysWhatItIs() => await Assert.ThrowsAsync<ImportConflictException>(
        () => SqlServerCalls.RunOnceAsync<int>(Ample, _ => throw new ImportConflictException("file", 3), Token));

    [Theory]
    [InlineData(0.5, 1)]
    [InlineData(2, 2)]
    [InlineData(2.1, 3)]
    public void CommandTimeout_AnyTime_IsTheNextWholeSecond(double seconds, int expected) =>
        Assert.Equal(expected, SqlServerCalls.CommandTimeout(TimeSpan.FromSeconds(seconds)));
}
