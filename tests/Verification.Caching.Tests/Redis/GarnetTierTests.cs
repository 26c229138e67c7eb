namespace Verification.Caching.Tests.Redis;

/// <summary>On Garnet, inside the process: wherever the tests run.</summary>
public sealed class GarnetTierTests(ITestOutputHelper output) : RedisTierSuite(output)
{
    private protected override async Task<ITestRedis> StartRedisAsync() => await GarnetRedis.StartNewAsync();
}
