using System.Security.Cryptography;
using BenchmarkDotNet.Attributes;
using Verification.Caching.Redis;
using Verification.Core.Permits.Events;

namespace Verification.Microbenchmarks.Steps;

/// <summary>Facts to and from the bytes that nodes share, with their MAC. Beside it: the MAC alone, over as many bytes.</summary>
public class FactsSeal
{
    private static readonly Guid CacheId = new("00000000-0000-0000-0000-000000000001");

    private readonly byte[] _key = [.. Samples.Key];
    private readonly CachedFacts _facts = new(Samples.History(0), 4);
    private FactsCodec _codec = null!;
    private byte[] _sealed = null!;

    /// <summary>Checks the answers.</summary>
    [GlobalSetup]
    public void Check()
    {
        _codec = new FactsCodec(_key);
        _sealed = Seal();
        Answers.Must(Open() is { } history && history.Events.SequenceEqual(_facts.History.Events), nameof(Open));
        var moved = _codec.TryOpen(CacheId, Samples.Unknown, _sealed, out _);
        Answers.Must(moved == "mac", "The seal");
    }

    /// <summary>HMAC-SHA256 of the sealed bytes, as the framework has it.</summary>
    [Benchmark(Baseline = true)]
    public byte[] Mac() => HMACSHA256.HashData(_key, _sealed);

    /// <summary>Encodes and seals four events.</summary>
    [Benchmark]
    public byte[] Seal() => _codec.Seal(CacheId, _facts);

    /// <summary>Checks the seal and decodes.</summary>
    [Benchmark]
    public PermitHistory? Open() => _codec.TryOpen(CacheId, Samples.Number, _sealed, out var facts) is null ? facts!.History : null;
}
