using Microsoft.Extensions.Time.Testing;
using Verification.Caching.Loading;

namespace Verification.Caching.Tests.Loading;

public sealed class LoadTurnsTests : IDisposable
{
    private readonly LoadTurns _turns = new(turns: 2, TimeSpan.FromSeconds(1), new FakeTimeProvider());
    private readonly TaskCompletionSource<int> _read = new();
    private int _begun;

    public void Dispose() => _turns.Dispose();

    /// <summary>A turn is for ten numbers; what would take more than there are takes all.</summary>
    [Theory]
    [InlineData(1, 2)]
    [InlineData(10, 2)]
    [InlineData(11, 1)]
    [InlineData(20, 1)]
    [InlineData(1_000, 1)]
    public async Task Run_ThreeReadsOfSoManyNumbers_BeginAsTheirTurnsAllow(int numbers, int atOnce)
    {
        var reads = Enumerable.Range(0, 3).Select(_ => _turns.RunAsync(numbers, ReadAsync, TestContext.Current.CancellationToken)).ToArray();
        Assert.Equal(atOnce, _begun);

        _read.SetResult(7);

        Assert.All(await Task.WhenAll(reads), told => Assert.Equal(7, told));
        Assert.Equal(3, _begun);
    }

    private Task<int> ReadAsync(CancellationToken ended)
    {
        Interlocked.Increment(ref _begun);
        return _read.Task;
    }
}
