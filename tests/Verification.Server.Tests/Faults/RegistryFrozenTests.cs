using System.Net;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Health.V1;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Permits.Verification.V1;
using Verification.Core.Registry;
using Verification.Server.Hosting;
using Verification.Server.Tests.Support;

namespace Verification.Server.Tests.Faults;

/// <summary>A registry that is silent or fails, behind a server that knew it: by the fake clock, for more than an hour.</summary>
public sealed class RegistryFrozenTests
{
    private const string Number = "BJ2024000017";
    private const string NotAskedYet = "BJ2024000018";

    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Default = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Cap = TimeSpan.FromHours(1);

    private static readonly Dictionary<string, Func<CancellationToken, Task>> Failures = new()
    {
        ["hangs"] = token => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token),
        ["hangs and hears nothing"] = _ => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, CancellationToken.None),
        ["fails"] = _ => throw new RegistryUnavailableException("The disk is gone."),
    };

    public static TheoryData<string> Names => [.. Failures.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Verify_RegistryDoesNotAnswer_ServesWhoAllowsItsAgeAndRefusesOthers(string failure)
    {
        WatchedRegistry registry = null!;
        await using var server = await TestServer.StartAsync(configure: Watch(watched => registry = watched));
        await server.RecordAsync(Calls.Issued(Number, "2025-05-01"));
        await server.Permits.VerifyPermitAsync(Check(freshness: new Freshness { FullyConsistent = true }));
        var heard = server.Clock.GetUtcNow();

        (registry.BeforePoll, registry.BeforeLoad) = (Failures[failure], Failures[failure]);
        server.Clock.Advance(Default);
        await AssertServedAsync(server, null, heard);
        server.Clock.Advance(Moment);

        Assert.Equal((StatusCode.Unavailable, "REGISTRY_STALE"), await ErrorAsync(server, null));
        await AssertServedAsync(server, Default + Moment, heard);
        await AssertReadinessAsync(server, HttpStatusCode.ServiceUnavailable, HealthCheckResponse.Types.ServingStatus.NotServing, "REGISTRY_STALE");

        // What memory does not hold cannot be told, however old it might be: it ends by the time that a load may take. The wait for that
        // begins a moment after the registry is asked.
        var unknown = Calls.ErrorOfAsync(async () => await server.Permits.VerifyPermitAsync(Check(NotAskedYet, Allowing(Cap))));
        await Eventually.TrueAsync(
            () =>
            {
                server.Clock.Advance(TimeSpan.FromSeconds(1));
                return unknown.IsCompleted;
            },
            "The load did not end.");
        Assert.Equal((StatusCode.Unavailable, "REGISTRY_UNAVAILABLE"), await unknown);

        server.Clock.Advance(heard + Cap - server.Clock.GetUtcNow());
        await AssertServedAsync(server, Cap, heard);
        await AssertServedAsync(server, 2 * Cap, heard);
        server.Clock.Advance(Moment);
        Assert.Equal((StatusCode.Unavailable, "REGISTRY_STALE"), await ErrorAsync(server, Cap));
        Assert.Equal((StatusCode.Unavailable, "REGISTRY_STALE"), await ErrorAsync(server, 2 * Cap));

        (registry.BeforePoll, registry.BeforeLoad) = (_ => Task.CompletedTask, _ => Task.CompletedTask);
        await Eventually.TrueAsync(
            () =>
            {
                server.Clock.Advance(TimeSpan.FromMilliseconds(500));
                return server.Service<Verification.Caching.Coherence.LookupReadiness>().Check().IsEmpty;
            },
            "It did not recover.");
        var answer = await server.Permits.VerifyPermitAsync(Check());
        Assert.Equal(PermitStatus.Valid, answer.Verdict.Status);
        Assert.True(answer.Provenance.DataAsOf.ToDateTimeOffset() > heard + Cap);
        Assert.Equal(PermitStatus.NotFound, (await server.VerdictAsync(Check(NotAskedYet))).Status);

        // The clock went on by minutes in a moment, and what was answered then is copied to the audit database behind it.
        await Eventually.TrueAsync(
            async () =>
            {
                server.Clock.Advance(TimeSpan.FromMilliseconds(500));
                return (await server.Http.GetStringAsync("/health/ready")).Contains("Healthy", StringComparison.Ordinal);
            },
            "The audit database stays behind.");
        await AssertReadinessAsync(server, HttpStatusCode.OK, HealthCheckResponse.Types.ServingStatus.Serving, "Healthy");

        // Two probes found it stale, and two ready: one line for each change, and none of the framework's for each probe.
        Assert.Single(server.Logs.Texts, text => text.Contains("This node is not ready: REGISTRY_STALE.", StringComparison.Ordinal));
        Assert.Single(
            server.Logs.Texts.SkipWhile(text => !text.Contains("REGISTRY_STALE.", StringComparison.Ordinal)),
            text => text.Contains("This node is ready.", StringComparison.Ordinal));
        Assert.DoesNotContain(server.Logs.Texts, text => text.Contains("Diagnostics.HealthChecks", StringComparison.Ordinal));
    }

    [Fact]
    public async Task RecordEvent_AnotherProcessHoldsTheFilesLock_ChecksGoOnAndItIsRecordedOnce()
    {
        await using var server = await TestServer.StartAsync();
        await server.RecordAsync(Calls.Issued(NotAskedYet, "2025-05-01"));
        await using var other = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(server.Folder, "registry.db")}");
        await other.OpenAsync();
        var locked = other.BeginTransaction(deferred: false);

        var impatient = Calls.ErrorOfAsync(async () => await server.Registry.RecordEventAsync(
            new() { RequestId = "one", Event = Calls.Issued(Number, "2025-05-01") },
            deadline: TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(0.5)));
        Assert.Equal(PermitStatus.Valid, (await server.VerdictAsync(Check(NotAskedYet))).Status);
        Assert.Equal(PermitStatus.NotFound, (await server.VerdictAsync(Check(freshness: new Freshness { FullyConsistent = true }))).Status);
        Assert.Equal(StatusCode.DeadlineExceeded, (await impatient).Code);
        await locked.RollbackAsync();
        await locked.DisposeAsync();

        Assert.Equal(2, await server.RecordAsync(Calls.Issued(Number, "2025-05-01"), "one"));
        Assert.Equal(2, await server.RevisionAsync());
        Assert.Equal(PermitStatus.Valid, (await server.VerdictAsync(Check(freshness: new Freshness { AtLeastRevision = 2 }))).Status);
    }

    /// <summary>Puts a registry that can be held up in front of the store.</summary>
    private static Action<WebApplicationBuilder> Watch(Action<WatchedRegistry> made) => builder =>
    {
        var store = builder.Services.Single(service => Equals(service.ServiceKey, RegistryHosting.Store));
        builder.Services.AddKeyedSingleton(typeof(IPermitRegistry), "file", store.KeyedImplementationFactory!);
        builder.Services.AddKeyedSingleton<IPermitRegistry>(RegistryHosting.Store, (services, _) =>
        {
            var watched = new WatchedRegistry(services.GetRequiredKeyedService<IPermitRegistry>("file"));
            made(watched);
            return watched;
        });
    };

    private static VerifyPermitRequest Check(string number = Number, Freshness? freshness = null) =>
        new() { PermitNumber = number, Freshness = freshness };

    private static Freshness? Allowing(TimeSpan? staleness) =>
        staleness is { } allowed ? new Freshness { MaxStaleness = Duration.FromTimeSpan(allowed) } : null;

    private static Task<(StatusCode Code, string Reason)> ErrorAsync(TestServer server, TimeSpan? staleness) =>
        Calls.ErrorOfAsync(async () => await server.Permits.VerifyPermitAsync(Check(freshness: Allowing(staleness))));

    /// <summary>From memory, with the instant at which the registry was heard of last.</summary>
    private static async Task AssertServedAsync(TestServer server, TimeSpan? staleness, DateTimeOffset heard)
    {
        var answer = await server.Permits.VerifyPermitAsync(Check(freshness: Allowing(staleness)));
        Assert.Equal(PermitStatus.Valid, answer.Verdict.Status);
        Assert.Equal(heard, answer.Provenance.DataAsOf.ToDateTimeOffset());
        Assert.Equal(Source.Memory, answer.Provenance.Source);
    }

    private static async Task AssertReadinessAsync(
        TestServer server, HttpStatusCode code, HealthCheckResponse.Types.ServingStatus status, string says)
    {
        var ready = await server.Http.GetAsync("/health/ready");
        Assert.Equal(code, ready.StatusCode);
        Assert.Contains(says, await ready.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(status, (await new Health.HealthClient(server.Channel).CheckAsync(new HealthCheckRequest())).Status);
        Assert.Equal(HttpStatusCode.OK, (await server.Http.GetAsync("/health/live")).StatusCode);
    }
}
