using Microsoft.Extensions.Time.Testing;
using Verification.Core.Lookup;
using Verification.Core.Registry;

namespace Verification.Caching.Tests.Loading;

public sealed class SharedLoadsTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.Zero));
    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TestSite _site = null!;
    private IPermitLookup _lookup = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _site = await TestSite.OpenAsync(_clock);
        await _site.IssueAsync(TestSite.Number(1));
        _lookup = (await _site.PolledNodeAsync()).Lookup;
        _site.Registry.BeforeLoad = _ => _gate.Task;
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task Find_TenThousandFirstChecksOfOneNumber_MakeOneRead()
    {
        var checks = new Task<PermitAnswer>[10_000];
        await Parallel.ForAsync(0, checks.Length, Token, (i, _) =>
        {
            checks[i] = _lookup.FindAsync(TestSite.Number(1), default, Token).AsTask();
            return default;
        });
        Assert.DoesNotContain(checks, check => check.IsCompleted);
        _gate.SetResult();

        Assert.All(await Task.WhenAll(checks), answer => Assert.NotNull(answer.Timeline));
        Assert.Equal(1, _site.Registry.Loads);
    }

    [Fact]
    public async Task Find_CallerGivesUp_DoesNotEndTheLoadOfTheOthers()
    {
        using var given = new CancellationTokenSource();
        var first = _lookup.FindAsync(TestSite.Number(1), default, given.Token).AsTask();
        var second = _lookup.FindAsync(TestSite.Number(1), default, Token).AsTask();

        await given.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        _gate.SetResult();

        Assert.NotNull((await second).Timeline);
        Assert.Equal(1, _site.Registry.Loads);
    }

    [Fact]
    public async Task Find_LoadPastItsDeadline_IsUnavailableAndTheNextBeginsAnew()
    {
        var stuck = _lookup.FindAsync(TestSite.Number(1), default, Token).AsTask();
        _clock.Advance(TimeSpan.FromSeconds(2));
        await Assert.ThrowsAsync<RegistryUnavailableException>(() => stuck);
        _site.Registry.BeforeLoad = _ => Task.CompletedTask;

        Assert.NotNull((await _lookup.FindAsync(TestSite.Number(1), default, Token)).Timeline);
    }
}
