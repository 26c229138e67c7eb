using System.Security.Cryptography;
using System.Text;
using Verification.Caching.Redis;
using Verification.Caching.Telemetry;
using Verification.Core.Permits;
using Verification.Core.Permits.Events;

namespace Verification.Caching.Tests.Redis;

public sealed class FactsCacheTests : IDisposable
{
    private const int MacSize = 16;
    private const int MinSize = 1 + sizeof(long) + MacSize;

    private static readonly PermitNumber Number = TestSite.Number(17);
    private static readonly PermitNumber Other = TestSite.Number(18);
    private static readonly Guid Registry = Guid.NewGuid();

    private readonly CachingMetrics _metrics = new();
    private readonly Counts _counts;
    private readonly Dictionary<string, byte[]> _redis = [];

    public FactsCacheTests() => _counts = new Counts(_metrics.Meter);

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

        var found = await FindAsync(Registry, Number);

        Assert.Equal(facts.ReadAt, found!.ReadAt);
        Assert.Equal(facts.History.Number, found.History.Number);
        Assert.Equal(facts.History.Events, found.History.Events);
    }

    /// <summary>Numbers of a form that what people write may have no longer, as it is an identity number's.</summary>
    [Fact]
    public async Task Find_NumbersOfAFormThatInputHasNoLonger_ComeBackAsTheyWere()
    {
        var number = PermitNumber.FromStored("110105199003072338");
        var issued = new Issued(new DateOnly(2024, 8, 31), PermitKind.ResidenceRegistrationCard);
        var exchanged = new Exchanged(new DateOnly(2025, 3, 1), number);
        Cache().Store(
            Registry,
            new CachedFacts(
                new PermitHistory(number, [new RecordedEvent(1, issued, At(0), "haidian"), new RecordedEvent(2, exchanged, At(1), "haidian")]), 2));

        var found = await FindAsync(Registry, number);

        Assert.Equal(number, found!.History.Number);
        Assert.Equal(exchanged, found.History.Events[^1].Event);
    }

    /// <summary>Annulments, the events that they annul, documents and employers: all of it, as the registry told it.</summary>
    [Fact]
    public async Task Find_FactsWithAnnulments_ComeBackAsTheyWere()
    {
        var digest = IdentityDigest.FromBase64(Convert.ToBase64String(new byte[IdentityDigest.Size]));
        PermitEvent[] events =
        [
            new Issued(new DateOnly(2024, 3, 5), PermitKind.WorkResidencePermit, Holder: digest, HolderDocument: IdentityDocument.Passport),
            new Annulled(new DateOnly(2026, 11, 25), 1, "工作居住证 issued twice"),
            new Issued(new DateOnly(2024, 3, 6), PermitKind.EmployerRegistration, Holder: digest),
            new Inspected(new DateOnly(2024, 4, 6), InspectionChannel.Online),
            new Annulled(new DateOnly(2026, 11, 26), 4, "another's"),
            new Annulled(new DateOnly(2026, 11, 26), 3, "another's"),
        ];
        for (var count = 1; count <= events.Length; count++)
        {
            var history = new PermitHistory(
                Number, [.. events[..count].Select((happening, i) => new RecordedEvent(i + 1, happening, At(i), "haidian"))]);
            Cache().Store(Registry, new CachedFacts(history, count));

            var found = (await FindAsync(Registry, Number))!.History;

            Assert.Equal(history.Events, found.Events);
            Assert.Equal(history.Effective, found.Effective);
        }
    }

    /// <summary>Each value of three permits and three registries under the keys of all the others.</summary>
    [Fact]
    public async Task Find_ValueOfAnotherPermitOrRegistry_IsACountedMiss()
    {
        var owners =
            (from registry in new[] { Registry, Guid.NewGuid(), Guid.Empty }
             from number in new[] { Number, Other, TestSite.Number(170) }
             select (registry, number)).ToList();
        owners.ForEach(owner => Cache().Store(owner.registry, Facts(owner.number)));
        var values = owners.ConvertAll(owner => _redis[FactsCache.Key(owner.registry, owner.number)]);
        for (var i = 0; i < owners.Count; i++)
        {
            for (var j = 0; j < owners.Count; j++)
            {
                _redis[FactsCache.Key(owners[i].registry, owners[i].number)] = values[j];
                await (i == j ? FindsAsync(owners[i].registry, owners[i].number) : MissesAsync(owners[i].registry, owners[i].number, "mac"));
            }
        }
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
        for (var version = 0; version <= byte.MaxValue; version++)
        {
            if (version != 1)
            {
                _redis[Key] = [(byte)version, .. _redis[Key][1..]];
                await MissesAsync("version");
            }
        }
    }

    /// <summary>What a newer node seals: a type of event that this one does not know.</summary>
    [Fact]
    public async Task Find_EventsOfANewerVersion_IsACountedMiss()
    {
        Cache().Store(Registry, Facts(Number));
        _redis[Key] = Resealed(_redis[Key], "reissued", "mislayed");

        await MissesAsync("facts");
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    public async Task Find_ForeignBytes_AreACountedMiss(string text)
    {
        _redis[Key] = Encoding.UTF8.GetBytes(text);

        await MissesAsync("length");
    }

    [Fact]
    public async Task Find_ValueCutAnywhere_IsACountedMiss()
    {
        Cache().Store(Registry, Facts(Number));
        var whole = _redis[Key];
        for (var length = 0; length < whole.Length; length++)
        {
            _redis[Key] = whole[..length];
            await MissesAsync(length < MinSize ? "length" : "mac");
            _redis[Key] = whole[^length..];
            await MissesAsync(length < MinSize ? "length" : whole[^length] == 1 ? "mac" : "version");
        }
    }

    [Fact]
    public async Task Find_AnyBitFlipped_IsACountedMiss()
    {
        Cache().Store(Registry, Facts(Number));
        var whole = _redis[Key];
        for (var bit = 0; bit < whole.Length * 8; bit++)
        {
            _redis[Key] = (byte[])whole.Clone();
            _redis[Key][bit / 8] ^= (byte)(1 << (bit % 8));
            await MissesAsync(bit < 8 ? "version" : "mac");
        }
    }

    /// <summary>The beginning of one value with the end of another of the same permit, and bytes too many.</summary>
    [Fact]
    public async Task Find_TornValue_IsACountedMiss()
    {
        Cache().Store(Registry, Facts(Number));
        var older = _redis[Key];
        Cache().Store(Registry, Facts(Number) with { ReadAt = 1_000_000_023 });
        var newer = _redis[Key];
        for (var at = 0; at < newer.Length; at++)
        {
            byte[] torn = [.. older[..at], .. newer[at..]];
            if (!torn.SequenceEqual(older) && !torn.SequenceEqual(newer))
            {
                _redis[Key] = torn;
                await MissesAsync("mac");
            }
        }

        _redis[Key] = [.. newer, 0];
        await MissesAsync("mac");
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

    private FactsCache Cache(byte key = 1) =>
        new(new DictionaryBytes(_redis), new FactsCodec(KeyOf(key)), _metrics);

    private Task MissesAsync(string reason) => MissesAsync(Registry, Number, reason);

    /// <summary>It is a miss, alone and among others, and each time counted.</summary>
    private async Task MissesAsync(Guid registry, PermitNumber number, string reason)
    {
        var before = _counts.Misses(reason);
        Assert.Null(await FindAsync(registry, number));
        Assert.Equal(before + 1, _counts.Misses(reason));
        Assert.Empty(await Cache().FindAsync(registry, [TestSite.Number(1), number, TestSite.Number(2)]));
        Assert.Equal(before + 2, _counts.Misses(reason));
    }

    private async Task FindsAsync(Guid registry, PermitNumber number) =>
        Assert.Equal(number, (await FindAsync(registry, number))!.History.Number);

    private async Task<CachedFacts?> FindAsync(Guid registry, PermitNumber number) =>
        (await Cache().FindAsync(registry, [number])).GetValueOrDefault(number);

    /// <summary>A value with a word in place of another of the same length, sealed with the right key.</summary>
    private static byte[] Resealed(byte[] value, string word, string other)
    {
        var body = value[..^MacSize];
        Encoding.UTF8.GetBytes(other).CopyTo(body, body.AsSpan().IndexOf(Encoding.UTF8.GetBytes(word)));
        var number = Encoding.UTF8.GetBytes(Number.ToString());
        byte[] authentic = [.. Registry.ToByteArray(), (byte)number.Length, .. number, .. body];
        return [.. body, .. HMACSHA256.HashData(KeyOf(1), authentic).AsSpan(..MacSize)];
    }

    private static byte[] KeyOf(byte key) => [.. Enumerable.Repeat(key, FactsCodec.MinKeySize)];

    private sealed class DictionaryBytes(Dictionary<string, byte[]> values) : IByteCache
    {
        public ValueTask<byte[]?[]> GetAsync(IReadOnlyList<string> keys) =>
            new([.. keys.Select(key => values.GetValueOrDefault(key))]);

        public void Set(string key, byte[] value) => values[key] = value;
    }
}
