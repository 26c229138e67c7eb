namespace Verification.Caching.Tests.Coherence;

/// <summary>Without a Redis, other nodes see a commit at their next poll.</summary>
[Collection(nameof(Measured))]
public sealed class NoRedisCommitDelayTests
{
    [Fact]
    public async Task Append_OnOneNode_IsSeenByTheOther()
    {
        await using var site = await TestSite.OpenAsync(TimeProvider.System);
        await site.IssueAsync(TestSite.Number(1));
        var (writer, reader) = (await site.RunningNodeAsync(), await site.RunningNodeAsync());

        await CommitDelay.AssertP99Async(
            site,
            writer,
            reader,
            commits: 5,
            wait: TimeSpan.FromSeconds(1),
            limit: TimeSpan.FromMilliseconds(200),
            tell: () => Task.CompletedTask);
    }
}
