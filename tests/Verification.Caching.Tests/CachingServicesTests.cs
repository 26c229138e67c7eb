using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Verification.Caching.Coherence;
using Verification.Caching.Redis;
using Verification.Core.Lookup;
using Verification.Core.Permits.Events;
using Verification.Core.Registry;
using Verification.Core.Rules.Rulebooks;

namespace Verification.Caching.Tests;

public sealed class CachingServicesTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AddPermitLookup_WithAStore_AnswersAndSeesItsOwnCommits()
    {
        await using var site = await TestSite.OpenAsync(TimeProvider.System);
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddPermitLookup(_ => site.Registry, new CachingOptions(), RulebookLibrary.Embedded);
        await using var provider = services.BuildServiceProvider();
        foreach (var service in provider.GetServices<IHostedService>())
        {
            await service.StartAsync(Token);
        }

        await Eventually.TrueAsync(() => provider.GetRequiredService<LookupReadiness>().Check().IsEmpty, "It did not become ready.");
        var revision = await site.AppendAsync(
            TestSite.Number(1),
            new Issued(new DateOnly(2024, 3, 5), Core.Permits.PermitKind.WorkResidencePermit),
            provider.GetRequiredService<IPermitRegistry>());
        var answer = await provider.GetRequiredService<IPermitLookup>()
            .FindAsync(TestSite.Number(1), FreshnessDemand.AtLeastRevision(revision), Token);

        Assert.NotNull(answer.Timeline);
        foreach (var service in provider.GetServices<IHostedService>())
        {
            await service.StopAsync(Token);
        }
    }

    [Fact]
    public async Task AddPermitLookup_WithAFeedOfItsOwn_PollsItWhileEveryLoadIsHeldUp()
    {
        await using var site = await TestSite.OpenAsync(TimeProvider.System);
        var loadsGoOn = new TaskCompletionSource();
        var store = new WatchedRegistry(site.Registry) { BeforeLoad = _ => loadsGoOn.Task };
        var services = new ServiceCollection();
        services.AddLogging();

        // Longer than the test waits for a poll, or a slow machine gives the load up meanwhile.
        var options = new CachingOptions { Memory = { LoadDeadline = TimeSpan.FromMinutes(1) } };
        services.AddPermitLookup(_ => store, options, RulebookLibrary.Embedded, _ => site.Registry);
        await using var provider = services.BuildServiceProvider();
        var node = Assert.Single(provider.GetServices<IHostedService>());
        await node.StartAsync(Token);
        await Eventually.TrueAsync(() => provider.GetRequiredService<LookupReadiness>().Check().IsEmpty, "It did not become ready.");

        var loading = provider.GetRequiredService<IPermitLookup>().FindAsync(TestSite.Number(1), FreshnessDemand.MaxStaleness(TimeSpan.FromMinutes(1)), Token).AsTask();
        await Eventually.TrueAsync(() => store.Loads == 1, "It did not load.");
        var polls = site.Registry.Polls;
        await Eventually.TrueAsync(() => site.Registry.Polls > polls, "It did not poll.");

        Assert.False(loading.IsCompleted);
        Assert.Equal(0, store.Polls);
        loadsGoOn.SetResult();
        await loading;
        await node.StopAsync(Token);
    }

    [Theory]
    [InlineData("localhost", true)]
    [InlineData("localhost:6379,ssl=true,user=u,password=p", true)]
    [InlineData("a:6379, b:6379,[::1]:6379,10.0.0.1", true)]
    [InlineData("s1:26379,s2:26379,serviceName=permits", true)]
    [InlineData("a:6379,b:port", false)]
    [InlineData("a:99999", false)]
    [InlineData("http://a:6379", false)]
    [InlineData(":6379", false)]
    [InlineData("a b", false)]
    [InlineData("ssl=true", false)]
    [InlineData("a:6379,ssl=perhaps", false)]
    [InlineData("a:6379,tunnel=none", false)]
    [InlineData(" ", false)]
    public void IsConnectionString_Text_MustNameItsEndpoints(string text, bool isGood) =>
        Assert.Equal(isGood, RedisOptions.IsConnectionString(text));
}
