using Verification.Core.Rules.Rulebooks;

namespace Verification.Caching.Tests.Redis;

/// <summary>Nodes on a Redis that can be stopped and started. A sealed subclass for each server that must do.</summary>
public abstract class RedisSuite(ITestOutputHelper output) : IAsyncLifetime
{
    private protected static CancellationToken Token => TestContext.Current.CancellationToken;

    private protected ITestOutputHelper Output { get; } = output;

    private protected ITestRedis Redis { get; private set; } = null!;

    private protected TestSite Site { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Redis = await StartRedisAsync();
        Site = await TestSite.OpenAsync(TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        if (Site is not null)
        {
            await Site.DisposeAsync();
        }

        if (Redis is not null)
        {
            await Redis.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>Starts the server.</summary>
    private protected abstract Task<ITestRedis> StartRedisAsync();

    /// <summary>A node that runs on the Redis and is ready.</summary>
    private protected Task<RegistryNode> RunningNodeAsync(RulebookLibrary? rulebooks = null) =>
        Site.RunningNodeAsync(TestSite.Options(Redis.ConnectionString), rulebooks);
}
