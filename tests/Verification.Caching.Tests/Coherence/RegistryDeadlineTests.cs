using Microsoft.Extensions.Time.Testing;
using Verification.Caching.Coherence;
using Verification.Core.Registry;

namespace Verification.Caching.Tests.Coherence;

public sealed class RegistryDeadlineTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public async Task Run_ReadPastItsDeadline_IsUnavailableAndTold()
    {
        var told = CancellationToken.None;
        var reading = RegistryDeadline.RunAsync(
            token =>
            {
                told = token;
                return new TaskCompletionSource<int>().Task;
            },
            Second,
            _clock,
            CancellationToken.None);
        _clock.Advance(Second - TimeSpan.FromTicks(1));
        Assert.False(reading.IsCompleted);

        _clock.Advance(TimeSpan.FromTicks(1));

        await Assert.ThrowsAsync<RegistryUnavailableException>(() => reading);
        Assert.True(told.IsCancellationRequested);
    }

    [Fact]
    public async Task Run_ReadInTime_IsItsResult() =>
        Assert.Equal(7, await RegistryDeadline.RunAsync(_ => Task.FromResult(7), Second, _clock, CancellationToken.None));

    [Fact]
    public async Task Run_CallerGivesUp_EndsTheRead()
    {
        using var given = new CancellationTokenSource();
        var told = CancellationToken.None;
        var reading = RegistryDeadline.RunAsync(
            token =>
            {
                told = token;
                return new TaskCompletionSource<int>().Task;
            },
            Second,
            _clock,
            given.Token);

        await given.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        Assert.True(told.IsCancellationRequested);
    }
}
