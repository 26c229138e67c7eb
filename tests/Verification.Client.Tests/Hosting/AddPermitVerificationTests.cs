using System.Diagnostics;
using System.Diagnostics.Metrics;
using Grpc.Core;
using Grpc.Health.V1;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Permits.Verification.V1;
using Verification.FakeService;
using Xunit;

namespace Verification.Client.Tests.Hosting;

public sealed class AddPermitVerificationTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AddPermitVerification_Configuration_MakesOneClientWhoseKeyMayChange()
    {
        await using var service = await FakeService.FakeService.StartAsync();
        service.Script.Verify = request => Answers.To(request);
        var configuration = Configuration(("Address", service.Address.ToString()), ("ApiKey", "key-1"), ("Deadline", "00:00:05"), ("MaxTries", "2"));
        await using var provider = new ServiceCollection().AddPermitVerification(configuration.GetSection("PermitVerification")).Services.BuildServiceProvider();
        var permits = provider.GetRequiredService<IPermitVerification>();

        await permits.VerifyAsync("BJ2024D00001", Token);
        Set(configuration, "ApiKey", "key-2");
        await permits.VerifyAsync("BJ2024D00001", Token);
        Set(configuration, "ApiKey", "no key");
        await permits.VerifyAsync("BJ2024D00001", Token);

        Assert.Equal(["Bearer key-1", "Bearer key-2", "Bearer key-2"], service.Script.Authorizations);
        Assert.Same(permits, provider.GetRequiredService<PermitVerificationClient>());
        Assert.Equal((TimeSpan.FromSeconds(5), 2), OptionsOf(provider));
    }

    [Fact]
    public async Task AddPermitVerification_WrongOptions_AreAllToldAtTheStart()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddPermitVerification(options => (options.Address, options.ApiKey, options.MaxTries) = (new("ftp://nowhere"), "a b", 0));
        using var host = builder.Build();

        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Token));

        Assert.Equal(3, exception.Failures.Count());
        Assert.DoesNotContain("a b", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(HealthCheckResponse.Types.ServingStatus.Serving, HealthStatus.Healthy)]
    [InlineData(HealthCheckResponse.Types.ServingStatus.NotServing, HealthStatus.Unhealthy)]
    public async Task AddHealthChecks_ByWhatTheServiceSays_IsHealthyOrNot(HealthCheckResponse.Types.ServingStatus told, HealthStatus expected)
    {
        await using var service = await FakeService.FakeService.StartAsync();
        service.Script.Health = name => name == VerificationService.Descriptor.FullName ? told : HealthCheckResponse.Types.ServingStatus.Unknown;

        Assert.Equal(expected, await HealthAsync(service.Address));
    }

    [Fact]
    public async Task AddHealthChecks_NobodyThere_IsUnhealthy()
    {
        var service = await FakeService.FakeService.StartAsync();
        await service.DisposeAsync();

        Assert.Equal(HealthStatus.Unhealthy, await HealthAsync(service.Address));
    }

    [Fact]
    public async Task Telemetry_CallThatIsTriedTwice_IsOneActivityAndSaysHowItEnded()
    {
        await using var service = await FakeService.FakeService.StartAsync();
        var tries = 0;
        service.Script.Verify = request => ++tries == 1
            ? throw Faults.Status(StatusCode.Unavailable, VerificationReasons.Overloaded, "no", TimeSpan.FromSeconds(1)).ToRpcException()
            : Answers.To(request);
        using var client = new PermitVerificationClient(new() { Address = service.Address, TimeProvider = new LeapingTime() });
        var activities = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == PermitVerificationTelemetry.ActivitySourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activities.Add,
        };
        ActivitySource.AddActivityListener(listener);
        var outcomes = new List<object?>();
        using var meters = new MeterListener
        {
            InstrumentPublished = (instrument, own) =>
            {
                if (instrument.Meter.Name == PermitVerificationTelemetry.MeterName)
                    own.EnableMeasurementEvents(instrument);
            },
        };
        using var parent = new Activity("test").Start();
        var mine = parent.TraceId;
        meters.SetMeasurementEventCallback<double>((_, _, tags, _) =>
        {
            if (Activity.Current?.TraceId == mine)
                outcomes.Add(tags.ToArray().Single(tag => tag.Key == "outcome").Value);
        });
        meters.Start();

        await client.VerifyAsync("BJ2024D00001", Token);

        var activity = Assert.Single(activities, activity => activity.TraceId == mine);
        Assert.Equal(
            ("PermitVerification/Verify", "ANSWERED", 2), (activity.OperationName, activity.GetTagItem("verification.outcome"), activity.GetTagItem("verification.tries")));
        Assert.Equal(["ANSWERED"], outcomes);
        Assert.DoesNotContain(activity.TagObjects, tag => tag.Value?.ToString()?.Contains("BJ2024D00001", StringComparison.Ordinal) == true);
    }

    private static async Task<HealthStatus> HealthAsync(Uri address)
    {
        var services = new ServiceCollection().AddLogging();
        services.AddPermitVerification(options => options.Address = address);
        services.AddHealthChecks().AddPermitVerification();
        await using var provider = services.BuildServiceProvider();
        return (await provider.GetRequiredService<HealthCheckService>().CheckHealthAsync(Token)).Status;
    }

    private static (TimeSpan? Deadline, int MaxTries) OptionsOf(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<PermitVerificationOptions>>().Value;
        return (options.Deadline, options.MaxTries);
    }

    private static IConfigurationRoot Configuration(params (string Key, string Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create($"PermitVerification:{setting.Key}", (string?)setting.Value)))
        .Build();

    private static void Set(IConfigurationRoot configuration, string key, string value)
    {
        configuration[$"PermitVerification:{key}"] = value;
        configuration.Reload();
    }
}
