using Verification.Caching.Redis;
using Verification.Core.Permits;
using Verification.Core.Permits.Events;

namespace Verification.Caching.Tests.Redis;

public sealed class FactsCacheTests : IDisposable
{
    private static readonly PermitNumber Number = TestSite.Number(17);
    private static readonly PermitNumber Other = TestSite.Number(18);
    private static readonly Guid Registry = Guid.NewGuid();

    private readonly CachingMetrics _metrics = new();
    private readonly Counts _counts;
    private readonly Dictionary<string, byte[]> _redis = [];

    public FactsCacheTests() => _counts = new Counts(_metrics);

    public void Dispose()
    {
        _counts.Dispose();
        _metrics.Dispose();
    }

    [Fact]
    public async Task Find_StoredFacts_ComeBackAsTheyWere()
    {
        var facts = Facts(Number);
        Cache().Store(Registry, facts);

        var found = await Cache().FindAsync(Registry, Number, TestContext.Current.CancellationToken);

        Assert.Equal(facts.ReadAt, found!.ReadAt);
        Assert.Equal(facts.History.Number, found.History.Number);
        Assert.Equal(facts.History.Events, found.History.Events);
    }

    [Fact]
    public async Task Find_ValueOfAnotherPermit_IsACountedMiss()
    {
        Cache().Store(Registry, Facts(Other));
        Move(FactsCache.Key(Registry, Other));

        await MissesAsync("mac");
    }

    [Fact]
    public async Task Find_ValueOfAnotherRegistry_IsACountedMiss()
    {
        var another = Guid.NewGuid();
        Cache().Store(another, Facts(Number));
        Move(FactsCache.Key(another, Number));

        await MissesAsync("mac");
    }

    [Fact]
    public async Task Find_ValueSealedWithAnotherKey_IsACountedMiss()
    {
        Cache(key: 7).Store(Registry, Facts(Number));

        await MissesAsync("mac");
    }

    [Fact]
    public async Task Find_ValueOfAnotherVersion_IsACountedMiss()
    {
        Cache().Store(Registry, Facts(Number));
        _redis[Key][0]++;

        await MissesAsync("version");
    }

    [Fact]
    public async Task Find_ForeignBytes_AreACountedMiss()
    {
        _redis[Key] = "hello"u8.ToArray();

        await MissesAsync("length");
    }

    [Fact]
    public async Task Find_ValueCutAnywhere_IsAMiss()
    {
        Cache().Store(Registry, Facts(Number));
        var whole = _redis[Key];
        for (var length = 0; length < whole.Length; length++)
        {
            _redis[Key] = whole[..length];
            Assert.Null(await Cache().FindAsync(Registry, Number, TestContext.Current.CancellationToken));
        }

        Assert.Equal(whole.Length, _counts.Misses("mac") + _counts.Misses("length"));
    }

    [Fact]
    public async Task Find_AnyBitFlipped_IsAMiss()
    {
        Cache().Store(Registry, Facts(Number));
        var whole = _redis[Key];
        for (var bit = 0; bit < whole.Length * 8; bit++)
        {
            _redis[Key] = (byte[])whole.Clone();
            _redis[Key][bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Null(await Cache().FindAsync(Registry, Number, TestContext.Current.CancellationToken));
        }

        Assert.Equal(whole.Length * 8, _counts.Misses("mac") + _counts.Misses("version"));
    }

    private static string Key => FactsCache.Key(Registry, Number);

    private static CachedFacts Facts(PermitNumber number) => new(
        new PermitHistory(
            number,
            [
                new RecordedEvent(
                    3,
                    new Issued(new DateOnly(2024, 3, 5), PermitKind.WorkResidencePermit, Employer: "中关村软件有限公司"),
                    At(0),
                    "haidian"),
                new RecordedEvent(1_000_000_007, new Inspected(new DateOnly(2024, 4, 11), InspectionChannel.Online), At(1), "haidian"),
                new RecordedEvent(1_000_000_009, new Reissued(new DateOnly(2024, 5, 11)), At(2), "chaoyang"),
            ]),
        1_000_000_019);

    private static DateTimeOffset At(int seconds) => new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.Zero).AddSeconds(seconds);

    private void Move(string from)
    {
        _redis.Remove(from, out var value);
        _redis[Key] = value!;
    }

    private FactsCache Cache(byte key = 1) =>
        new(new DictionaryBytes(_redis), new FactsCodec([.. Enumerable.Repeat(key, FactsCodec.MinKeySize)]), _metrics);

    private async Task MissesAsync(string reason)
    {
        Assert.Null(await Cache().FindAsync(Registry, Number, TestContext.Current.CancellationToken));
        Assert.Empty(await Cache().FindAsync(Registry, [Number], TestContext.Current.CancellationToken));
        Assert.Equal(2, _counts.Misses(reason));
    }

    private sealed class DictionaryBytes(Dictionary<string, byte[]> values) : IByteCache
    {
        public ValueTask<byte[]?[]> GetAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken) =>
            new([.. keys.Select(key => values.GetValueOrDefault(key))]);

        public void Set(string key, byte[] value) => values[key] = value;
    }
}
