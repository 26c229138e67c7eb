using Grpc.Core;
using Grpc.Health.V1;
using Permits.Registry.V1;
using Permits.Verification.V1;
using Verification.Server.Tests.Support;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace Verification.Server.Tests.Hosting;

/// <summary>Where nothing was ever recorded, "not found" would be the wrong no.</summary>
public sealed class EmptyRegistryTests : IDisposable
{
    private const string Number = "BJ2024000017";

    private readonly string _folder = TestServer.NewFolder();

    private static (StatusCode, string) Empty => (StatusCode.Unavailable, "REGISTRY_EMPTY");

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task EveryCheck_NothingRecorded_CannotTell()
    {
        await using var server = await StartAsync();

        await AssertEmptyAsync(server);
        Assert.Empty((await server.Registry.GetPermitAsync(new GetPermitRequest { PermitNumber = Number })).Events);
    }

    [Fact]
    public async Task EveryCheck_CounterRaisedAndNothingRecorded_CannotTell()
    {
        await using var server = await StartAsync();
        server.ExpectsError = TestServer.IsWentBack;
        await server.Registry.MarkRestoredAsync(new() { Jump = 5 });

        await AssertEmptyAsync(server);
    }

    [Fact]
    public async Task Health_NothingRecorded_IsReadyByNameAndKeepsOnlyChecksAway()
    {
        await using var server = await StartAsync();

        await AssertHealthAsync(server, "REGISTRY_EMPTY", ServingStatus.NotServing);

        await server.RecordAsync(Calls.Issued(Number, "2025-05-01"));

        await AssertHealthAsync(server, null, ServingStatus.Serving);
    }

    [Fact]
    public async Task VerifyPermit_FirstEventRecordedOnOneNode_EveryNodeAnswers()
    {
        await using var one = await StartAsync();
        await using var other = await StartAsync();
        await AssertEmptyAsync(other);

        var revision = await one.RecordAsync(Calls.Issued(Number, "2025-05-01"));

        Assert.Equal(PermitStatus.Valid, (await one.VerdictAsync(Calls.Check(Number))).Status);
        Assert.Equal(PermitStatus.NotFound, (await one.VerdictAsync(Calls.Check("BJ2024000018"))).Status);
        var check = Calls.Check(Number);
        check.Freshness = new Freshness { AtLeastRevision = revision };
        Assert.Equal(PermitStatus.Valid, (await other.VerdictAsync(check)).Status);
        Assert.Equal(PermitStatus.Valid, (await other.VerdictAsync(Calls.Check(Number))).Status);
    }

    [Fact]
    public async Task VerifyPermit_FirstImport_EndsIt()
    {
        await using var server = await StartAsync();

        await server.ImportAsync("file", "{\"permit\":\"BJ2024000017\",\"event\":\"issued\",\"on\":\"2025-05-01\",\"kind\":\"work_residence_permit\"}\n");

        Assert.Equal(PermitStatus.Valid, (await server.VerdictAsync(Calls.Check(Number))).Status);
    }

    private static async Task AssertEmptyAsync(TestServer server)
    {
        var batch = new BatchVerifyPermitsRequest { Checks = { Calls.Check(Number) } };
        var consistent = Calls.Check(Number);
        consistent.Freshness = new Freshness { FullyConsistent = true };
        var early = Calls.Check(Number);
        early.KnownAtRevision = 0;
        Assert.Equal(Empty, await Calls.ErrorOfAsync(() => server.VerdictAsync(Calls.Check(Number))));
        Assert.Equal(Empty, await Calls.ErrorOfAsync(() => server.VerdictAsync(consistent)));
        Assert.Equal(Empty, await Calls.ErrorOfAsync(() => server.VerdictAsync(early)));
        Assert.Equal(Empty, await Calls.ErrorOfAsync(() => server.Permits.BatchVerifyPermitsAsync(batch).ResponseAsync));
        Assert.Equal(Empty, await Calls.ErrorOfAsync(() => server.Permits.GetTimelineAsync(new() { PermitNumber = Number }).ResponseAsync));
    }

    private static async Task AssertHealthAsync(TestServer server, string? named, ServingStatus checks)
    {
        var told = await server.UntilReadyAsync();
        Assert.Equal(named is not null, told.Contains("REGISTRY_EMPTY", StringComparison.Ordinal));
        Assert.Equal(ServingStatus.Serving, await StatusAsync(server, string.Empty));
        Assert.Equal(ServingStatus.Serving, await StatusAsync(server, "permits.registry.v1.RegistryService"));
        Assert.Equal(checks, await StatusAsync(server, "permits.verification.v1.VerificationService"));
    }

    private static async Task<ServingStatus> StatusAsync(TestServer server, string service) =>
        (await new Health.HealthClient(server.Channel).CheckAsync(new HealthCheckRequest { Service = service })).Status;

    private Task<TestServer> StartAsync() => TestServer.StartAsync(_folder, tellsEmpty: true);
}
