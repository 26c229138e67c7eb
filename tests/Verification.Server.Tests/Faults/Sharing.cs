using Permits.Verification.V1;
using Verification.Server.Tests.Support;

namespace Verification.Server.Tests.Faults;

/// <summary>Two nodes that share what they read, where their Redis lets them.</summary>
internal sealed class Sharing : IAsyncDisposable
{
    private const int Permits = 3_000;

    private int _next;

    private Sharing(TestServer first, TestServer second)
    {
        First = first;
        Second = second;
        Counts = Node.Count(second);
    }

    public TestServer First { get; }

    public TestServer Second { get; }

    /// <summary>What the second node counts.</summary>
    public Counts Counts { get; }

    public static async Task<Sharing> StartAsync(string redis)
    {
        var first = await Node.StartAsync(redis);
        await Registered.ImportAsync(first, Permits);
        return new Sharing(first, await Node.StartAsync(redis, first.Folder));
    }

    /// <summary>Whether the second node has a permit from Redis that the first one read just now, as a single check and in a batch.</summary>
    public async Task<bool> SharesAsync() => await SharesAsync(1) && await SharesAsync(3);

    /// <summary>Waits until it does.</summary>
    public Task AssertSharesAsync() => Eventually.TrueAsync(SharesAsync, "What one node read did not reach the other through Redis.");

    /// <summary>Asks both nodes as often: nothing is wrong, nothing fails, and nothing comes from Redis.</summary>
    public async Task AssertSharesNothingAsync(int times)
    {
        for (var i = 0; i < times; i++)
        {
            Assert.False(await SharesAsync());
        }

        Assert.Equal(0, Counts.Of("verification.lookups redis"));
        Assert.Equal(Counts.Of("verification.lookups registry"), Counts.MissReasons.Values.Sum());

        // A machine that is busy may have kept a node from its registry for a moment: it is ready again by itself.
        await Eventually.TrueAsync(
            async () => (await Second.Http.GetAsync("/health/ready")).IsSuccessStatusCode, "The node is not ready without Redis.");
    }

    /// <summary>Waits until the second node's log says something; a first connection is tried for some seconds before it fails.</summary>
    public async Task AssertLoggedAsync(string text)
    {
        await Eventually.TrueAsync(() => OfRedis().Any(), "Nothing is logged of Redis.");
        Assert.True(OfRedis().Any(logged => logged.Contains(text, StringComparison.Ordinal)), string.Join(Environment.NewLine, OfRedis()));

        IEnumerable<string> OfRedis() => Second.Logs.Texts.Where(
            logged => logged.StartsWith("Verification.Caching.", StringComparison.Ordinal) && logged.Contains("Redis", StringComparison.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        Counts.Dispose();
        await Second.DisposeAsync();
        await First.DisposeAsync();
    }

    private async Task<bool> SharesAsync(int count)
    {
        var permits = Enumerable.Range(_next, count).ToArray();
        _next += count;
        await AskAsync(First, permits);

        // The first node writes to Redis behind its answer.
        await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
        return (await AskAsync(Second, permits)).All(source => source == Source.Redis);
    }

    private static async Task<Source[]> AskAsync(TestServer server, int[] permits) =>
        permits.Length == 1 ? [await Registered.AskAsync(server, permits[0])] : await Registered.AskAsync(server, permits);
}
