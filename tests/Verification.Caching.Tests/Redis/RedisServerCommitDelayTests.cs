namespace Verification.Caching.Tests.Redis;

/// <summary>On the real redis-server.</summary>
public sealed class RedisServerCommitDelayTests(ITestOutputHelper output) : CommitDelaySuite(output)
{
    private protected override async Task<ITestRedis> StartRedisAsync() =>
        await RedisServer.StartNewAsync();
}
