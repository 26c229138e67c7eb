namespace Verification.Caching.Tests.Redis;

/// <summary>On Garnet, inside the process: wherever the tests run.</summary>
public sealed class GarnetCommitDelayTests(ITestOutputHelper output) : CommitDelaySuite(output)
{
    private protected override async Task<ITestRedis> StartRedisAsync() => await GarnetRedis.StartNewAsync();
}
