using System.Net;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Health.V1;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Permits.Registry.V1;
using Verification.Core.Registry;
using Verification.Server.Hosting;
using Verification.Server.Tests.Support;

namespace Verification.Server.Tests.Hosting;

public sealed class ShutdownTests
{
    [Fact]
    public async Task Health_RunningThenStopping_TellsSo()
    {
        await using var server = await TestServer.StartAsync();
        var health = new Health.HealthClient(server.Channel);
        await server.UntilReadyAsync();

        var running = await health.CheckAsync(new HealthCheckRequest(), cancellationToken: TestContext.Current.CancellationToken);
        var ready = await server.Http.GetAsync("/health/ready", TestContext.Current.CancellationToken);
        server.Lifetime.StopApplication();
        var stopping = await health.CheckAsync(new HealthCheckRequest(), cancellationToken: TestContext.Current.CancellationToken);
        var notReady = await server.Http.GetAsync("/health/ready", TestContext.Current.CancellationToken);
        var live = await server.Http.GetAsync("/health/live", TestContext.Current.CancellationToken);

        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, running.Status);
        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.NotServing, stopping.Status);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, notReady.StatusCode);
        Assert.Contains("shutting down", await notReady.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
    }

    [Theory]
    [InlineData("permits.verification.v1.VerificationService")]
    [InlineData("permits.registry.v1.RegistryService")]
    public async Task Health_ByTheNameOfAService_TellsWhatTheServerTells(string service)
    {
        await using var server = await TestServer.StartAsync();
        var health = new Health.HealthClient(server.Channel);
        var request = new HealthCheckRequest { Service = service };
        await server.UntilReadyAsync();

        var running = await health.CheckAsync(request, cancellationToken: TestContext.Current.CancellationToken);
        server.Lifetime.StopApplication();
        var stopping = await health.CheckAsync(request, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, running.Status);
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.NotServing, stopping.Status);
    }

    [Fact]
    public async Task Root_Get_SaysWhatThisIs()
    {
        await using var server = await TestServer.StartAsync();

        Assert.Contains("Permit verification", await server.Http.GetStringAsync("/", TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Registry_Unavailable_IsAnErrorAndNeverAVerdict()
    {
        await using var server = await TestServer.StartAsync(configure: WithRegistry(new UnavailableRegistry()));
        server.ExpectsError = IsHealthReport;

        var error = await Calls.ErrorOfAsync(() => server.VerdictAsync(Calls.Check("BJ2024000017")));
        var ready = await server.Http.GetAsync("/health/ready", TestContext.Current.CancellationToken);

        Assert.Equal((StatusCode.Unavailable, "REGISTRY_UNAVAILABLE"), error);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
    }

    [Fact]
    public async Task Registry_FailsUnexpectedly_TellsNothingAndLogsOnce()
    {
        await using var server = await TestServer.StartAsync(configure: WithRegistry(new UnavailableRegistry { Failure = new FormatException("secret") }));
        server.ExpectsError = error => error.Contains("secret", StringComparison.Ordinal);

        // What is read in the call itself is a fault of the server's own; whatever keeps the node from following is a registry not heard of.
        var error = await Assert.ThrowsAsync<RpcException>(async () => await server.Registry.GetPermitAsync(new() { PermitNumber = "BJ2024000017" }));
        var check = await Assert.ThrowsAsync<RpcException>(() => server.VerdictAsync(Calls.Check("BJ2024000017")));

        Assert.Equal((StatusCode.Internal, StatusCode.Unavailable), (error.StatusCode, check.StatusCode));
        Assert.DoesNotContain("secret", check.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.ToString(), StringComparison.Ordinal);
        Assert.Single(server.Logs.Errors);
    }

    [Fact]
    public async Task Stop_IdleStream_EndsItAtOnce()
    {
        await using var server = await TestServer.StartAsync();
        using var call = server.Permits.StreamVerifyPermits();
        await call.RequestStream.WriteAsync(
            new() { Batch = new() { Checks = { Calls.Check("BJ2024000017") } } }, TestContext.Current.CancellationToken);
        Assert.True(await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken));

        var stopping = server.App.StopAsync(TestContext.Current.CancellationToken);
        var error = await Calls.ErrorOfAsync(() => call.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        await stopping;

        Assert.Equal((StatusCode.Unavailable, "SHUTTING_DOWN"), error);
    }

    [Fact]
    public async Task Stop_IdleImport_EndsItAndKeepsWhatIsStored()
    {
        var folder = TestServer.NewFolder();
        var lines = string.Concat(Enumerable.Range(0, 2_500).Select(i =>
            $$"""{"permit":"BJ{{i:D6}}","event":"issued","on":"2024-03-05","kind":"work_residence_permit"}""" + "\n"));
        await using (var server = await TestServer.StartAsync(folder))
        {
            using var call = server.Registry.ImportEvents();
            await call.RequestStream.WriteAsync(
                new ImportEventsRequest { ImportId = "f", Ndjson = ByteString.CopyFromUtf8(lines) }, TestContext.Current.CancellationToken);
            Assert.True(await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken));

            var stopping = server.App.StopAsync(TestContext.Current.CancellationToken);
            var error = await Calls.ErrorOfAsync(() => call.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
            await stopping;

            Assert.Equal((StatusCode.Unavailable, "SHUTTING_DOWN"), error);
        }

        await using (var server = await TestServer.StartAsync(folder))
        {
            Assert.Equal(2_000, (await server.Registry.GetPermitAsync(new() { PermitNumber = "BJ000000" })).Revision);
            Assert.Equal((2_500, 2_500, 2_500, string.Empty), (await server.ImportAsync("f", lines)).Report());
        }

        Directory.Delete(folder, recursive: true);
    }

    /// <summary>The framework logs each unhealthy report as an error.</summary>
    private static bool IsHealthReport(string error) =>
        error.StartsWith("Microsoft.Extensions.Diagnostics.HealthChecks", StringComparison.Ordinal);

    private static Action<WebApplicationBuilder> WithRegistry(IPermitRegistry registry) =>
        builder => builder.Services.Replace(ServiceDescriptor.KeyedSingleton(RegistryHosting.Store, registry));
}
