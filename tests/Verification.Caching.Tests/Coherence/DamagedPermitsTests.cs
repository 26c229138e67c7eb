using Verification.Caching.Coherence;
using Verification.Caching.Telemetry;
using Verification.Core.Registry;

namespace Verification.Caching.Tests.Coherence;

public sealed class DamagedPermitsTests : IDisposable
{
    private readonly CountedLog _log = new();
    private readonly CachingMetrics _metrics = new();
    private readonly DamagedPermits _damaged;

    public DamagedPermitsTests() => _damaged = new DamagedPermits(number => $"<{number.Bucket}>", _metrics, _log);

    public void Dispose() => _metrics.Dispose();

    [Fact]
    public void Found_APermitTwice_IsToldOnceAndNotByItsNumber()
    {
        _damaged.Found([TestSite.Number(1)]);
        _damaged.Found([TestSite.Number(1)]);
        _damaged.Found([]);

        Assert.Equal(1, _damaged.Count);
        Assert.Contains($"<{TestSite.Number(1).Bucket}>", Assert.Single(_log.Lines), StringComparison.Ordinal);
        Assert.DoesNotContain(TestSite.Number(1).ToString(), _log.Lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Found_Many_NamesTenAndKeepsTenThousand()
    {
        _damaged.Found([.. Enumerable.Range(0, 10_001).Select(TestSite.Number)]);

        Assert.Equal(10_000, _damaged.Count);
        Assert.Equal(10, Assert.Single(_log.Lines).Count(character => character == '<'));
    }

    [Fact]
    public void Readable_APermit_IsDamagedNoMore()
    {
        _damaged.Found([TestSite.Number(1), TestSite.Number(2)]);

        _damaged.Readable(TestSite.Number(1));
        Assert.Equal(1, _damaged.Count);
        _damaged.Clear();

        Assert.Equal(0, _damaged.Count);
    }

    [Fact]
    public async Task Watch_WorkThatMeetsDamageOrNone_TakesNote()
    {
        await Assert.ThrowsAsync<RegistryDamagedException>(() => _damaged.WatchAsync<int>(
            TestSite.Number(1), () => throw new RegistryDamagedException("damaged", new FormatException())));
        await Assert.ThrowsAsync<RegistryUnavailableException>(() => _damaged.WatchAsync<int>(
            TestSite.Number(2), () => throw new RegistryUnavailableException("away")));
        Assert.Equal(1, _damaged.Count);

        Assert.Equal(7, await _damaged.WatchAsync(TestSite.Number(1), () => Task.FromResult(7)));

        Assert.Equal(0, _damaged.Count);
    }
}
