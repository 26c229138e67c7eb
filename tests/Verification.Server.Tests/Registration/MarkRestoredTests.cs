using System.Net;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Permits.Registry.V1;
using Permits.Verification.V1;
using Verification.Caching.Coherence;
using Verification.Core.Registry;
using Verification.Server.Tests.Support;

namespace Verification.Server.Tests.Registration;

/// <summary>A registry that is restored from an older backup, and marked as restored.</summary>
public sealed class MarkRestoredTests : IDisposable
{
    private const string Number = "BJ2024000017";
    private const long DefaultJump = 1_000_000_000;

    private readonly string _folder = TestServer.NewFolder();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task MarkRestored_BackupRestoredUnderTwoNodes_BothAnswerFromItAndKnowNothingLost()
    {
        await using var one = await StartAsync();
        await using var other = await StartAsync();
        var issued = await one.RecordAsync(Calls.Issued(Number, "2025-05-01"));
        var backup = RegistryBackup.Of(_folder);
        var cancelled = await one.RecordAsync(Cancelled());
        foreach (var node in (TestServer[])[one, other])
        {
            Assert.Equal(PermitStatus.Cancelled, (await AnswerAsync(node, atLeast: cancelled)).Verdict.Status);
            Assert.Equal(PermitStatus.Cancelled, (await KnownAtAsync(node, cancelled)).Verdict.Status);
        }

        backup.RestoreInPlace();
        var marked = await one.Registry.MarkRestoredAsync(new());
        await FollowsAsync(other, marked.RegistryId, one);

        Assert.Equal((issued, issued + DefaultJump), (marked.RevisionBefore, marked.Revision));
        foreach (var node in (TestServer[])[one, other])
        {
            await AssertRestoredAsync(node, marked, lost: cancelled);
        }

        var again = await other.RecordAsync(Cancelled());
        Assert.Equal(marked.Revision + 1, again);
        Assert.Equal(PermitStatus.Cancelled, (await AnswerAsync(one, atLeast: again)).Verdict.Status);
        Assert.Equal(PermitStatus.Valid, (await KnownAtAsync(one, marked.Revision)).Verdict.Status);
    }

    [Fact]
    public async Task MarkRestored_AsTheRunbookSays_NodesThatStartAfterwardsKnowNothingLost()
    {
        RegistryBackup backup;
        long cancelled;
        await using (var before = await StartAsync())
        {
            await before.RecordAsync(Calls.Issued(Number, "2025-05-01"));
            backup = RegistryBackup.Of(_folder);
            cancelled = await before.RecordAsync(Cancelled());
        }

        backup.RestoreFile();
        await using var one = await StartAsync();
        var marked = await one.Registry.MarkRestoredAsync(new());
        await using var other = await StartAsync();

        await AssertRestoredAsync(one, marked, lost: cancelled);
        await AssertRestoredAsync(other, marked, lost: cancelled);
    }

    [Fact]
    public async Task MarkRestored_OnANodeThatIsNotReady_IsDoneAndMakesItReady()
    {
        HeadlessRegistry? store = null;
        await using var node = await StartAsync(builder => store = HeadlessRegistry.InFrontOfStore(builder.Services));
        await node.RecordAsync(Calls.Issued(Number, "2025-05-01"));
        var backup = RegistryBackup.Of(_folder);
        var cancelled = await node.RecordAsync(Cancelled());
        backup.RestoreInPlace();
        store!.IsHeadless = true;
        node.Clock.Advance(TimeSpan.FromSeconds(1));
        await UntilAsync([node], () => node.Service<LookupReadiness>().Check().Contains(ReadinessReason.RegistryWentBack));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await node.Http.GetAsync("/health/ready", Token)).StatusCode);
        Assert.Equal((StatusCode.Unavailable, "REGISTRY_UNAVAILABLE"), await Calls.ErrorOfAsync(() => AnswerAsync(node)));

        var marked = await node.Registry.MarkRestoredAsync(new());

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await node.Http.GetAsync("/health/ready", Token)).StatusCode);
        store.IsHeadless = false;
        node.Clock.Advance(TimeSpan.FromSeconds(1));
        await FollowsAsync(node, marked.RegistryId);
        await AssertRestoredAsync(node, marked, lost: cancelled);
    }

    [Fact]
    public async Task MarkRestored_Twice_OnlyLeavesOutMore()
    {
        await using var server = await StartAsync();
        var issued = await server.RecordAsync(Calls.Issued(Number, "2025-05-01"));

        var first = await server.Registry.MarkRestoredAsync(new() { Jump = 10 });
        var second = await server.Registry.MarkRestoredAsync(new() { Jump = 5 });

        Assert.NotEqual(first.RegistryId, second.RegistryId);
        Assert.Equal((issued, issued + 10, issued + 10, issued + 15), (first.RevisionBefore, first.Revision, second.RevisionBefore, second.Revision));
        Assert.Equal((StatusCode.OutOfRange, "REVISION_UNKNOWN"), await Calls.ErrorOfAsync(() => KnownAtAsync(server, first.Revision)));
        foreach (var known in (long[])[issued, second.Revision])
        {
            Assert.Equal((known, PermitStatus.Valid), (known, (await KnownAtAsync(server, known)).Verdict.Status));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1_000_000_000_001)]
    [InlineData(long.MaxValue)]
    public async Task MarkRestored_JumpOutOfRange_IsRefusedAndChangesNothing(long jump)
    {
        await using var server = await StartAsync();
        var before = await server.Service<IPermitRegistry>().ReadHeadAsync(Token);

        Assert.Equal(
            "jump:INVALID_JUMP", await Calls.WrongFieldsOfAsync(async () => await server.Registry.MarkRestoredAsync(new() { Jump = jump })));

        var after = await server.Service<IPermitRegistry>().ReadHeadAsync(Token);
        Assert.Equal((before.RegistryId, before.Revision), (after.RegistryId, after.Revision));
    }

    private async Task<TestServer> StartAsync(Action<WebApplicationBuilder>? configure = null)
    {
        var server = await TestServer.StartAsync(_folder, configure);

        // Both are told as errors: that the registry is another, and that the node is not ready meanwhile.
        server.ExpectsError = error =>
            TestServer.IsWentBack(error) || error.StartsWith("Microsoft.Extensions.Diagnostics.HealthChecks", StringComparison.Ordinal);
        return server;
    }

    private static PermitEvent Cancelled() => new()
    {
        PermitNumber = Number,
        On = Calls.Date(2026, 1, 5),
        Cancelled = new(),
    };

    private static async Task AssertRestoredAsync(TestServer node, MarkRestoredResponse marked, long lost)
    {
        var answer = await AnswerAsync(node);
        Assert.Equal((PermitStatus.Valid, marked.Revision), (answer.Verdict.Status, answer.Provenance.Revision));
        Assert.Equal((StatusCode.OutOfRange, "REVISION_UNKNOWN"), await Calls.ErrorOfAsync(() => KnownAtAsync(node, lost)));
        Assert.Equal(
            (StatusCode.OutOfRange, "REVISION_UNKNOWN"),
            await Calls.ErrorOfAsync(async () => await node.Registry.GetPermitAsync(new() { PermitNumber = Number, Revision = lost })));
        foreach (var known in (long[])[marked.RevisionBefore, marked.Revision])
        {
            Assert.Equal((known, PermitStatus.Valid), (known, (await KnownAtAsync(node, known)).Verdict.Status));
        }

        Assert.Equal(HttpStatusCode.OK, (await node.Http.GetAsync("/health/ready", Token)).StatusCode);
    }

    private static async Task<VerifyPermitResponse> AnswerAsync(TestServer node, long? atLeast = null) =>
        await node.Permits.VerifyPermitAsync(new()
        {
            PermitNumber = Number,
            Freshness = atLeast is { } revision ? new Freshness { AtLeastRevision = revision } : null,
        });

    private static async Task<VerifyPermitResponse> KnownAtAsync(TestServer node, long revision) =>
        await node.Permits.VerifyPermitAsync(new() { PermitNumber = Number, KnownAtRevision = revision });

    private static Task FollowsAsync(TestServer node, string registryId, params TestServer[] others) =>
        UntilAsync([node, .. others], () => node.Service<LookupReadiness>().RegistryId == Guid.Parse(registryId));

    /// <summary>Waits for polls, which the nodes' clocks, all together, let come and which run beside the test.</summary>
    private static Task UntilAsync(TestServer[] nodes, Func<bool> condition) => Eventually.TrueAsync(
        () =>
        {
            Array.ForEach(nodes, node => node.Clock.Advance(TimeSpan.FromMilliseconds(100)));
            return condition();
        },
        "No poll made it so.");
}
