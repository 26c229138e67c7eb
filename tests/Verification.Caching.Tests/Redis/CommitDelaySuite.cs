using Verification.Caching.Tests.Coherence;

namespace Verification.Caching.Tests.Redis;

/// <summary>How soon other nodes see a commit that Redis tells them of.</summary>
[Collection(nameof(Measured))]
public abstract class CommitDelaySuite(ITestOutputHelper output) : RedisSuite(output)
{
    [Fact]
    public async Task Append_OnOneNode_IsSeenByTheOther()
    {
        var limit = TimeSpan.FromMilliseconds(50);
        await Site.IssueAsync(TestSite.Number(1));
        var (writer, reader) = (await RunningNodeAsync(), await RunningNodeAsync());

        // The subscription is made in the background; wait until a commit is heard of.
        await Eventually.TrueAsync(async () => await CommitDelay.MeasureAsync(Site, writer, reader) < limit, "No commit was heard of.");

        await using var bystander = await RedisIntruder.ConnectAsync(Redis);
        await CommitDelay.AssertP99Async(
            Site, writer, reader, commits: 100, wait: TimeSpan.Zero, limit, tell: bystander.TellItselfAsync);
    }
}
