using System.Text.Json;
using System.Text.RegularExpressions;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Net.Client.Configuration;
using Permits.Audit.V1;
using Permits.Registry.V1;
using Permits.Verification.V1;
using Verification.FakeService;
using Xunit;

namespace Verification.Client.Tests.Pages;

/// <summary>The service config of <c>docs/api.md</c> is the one of the samples, names calls that there are, and works as it stands.</summary>
public sealed partial class ServiceConfigTests
{
    private static readonly JsonSerializerOptions Exactly = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
    };

    private static readonly string[] Streams =
        [nameof(VerificationService.VerificationServiceClient.StreamVerifyPermits), "ImportEvents", "StreamRecords", "Replay"];

    // They are repeated by a person, who sees what happened.
    private static readonly string[] Operations = ["MarkRestored", "ConfirmClock"];

    private static string File(string name) => System.IO.File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Pages", name));

    [Fact]
    public void Page_ServiceConfig_IsTheSamples()
    {
        var shown = Json().Match(File("api.md")).Groups["json"].Value;

        Assert.Equal(File("service-config.json").Trim(), shown.Trim());
    }

    [Fact]
    public void ServiceConfig_Names_AreAllCallsThatMayBeRepeated()
    {
        var calls = new[] { VerificationService.Descriptor, RegistryService.Descriptor, AuditService.Descriptor }
            .SelectMany(service => service.Methods.Select(method => (service.FullName, method.Name)))
            .Where(call => !Streams.Contains(call.Name) && !Operations.Contains(call.Name));

        Assert.Equal(calls, Read().MethodConfig.Single().Name.Select(name => (name.Service, name.Method)));
    }

    /// <summary>The service is away for a moment and says when to come back.</summary>
    [Fact]
    public async Task ServiceConfig_WithGrpcNetClient_RepeatsWhatIsUnavailable()
    {
        await using var service = await FakeService.FakeService.StartAsync();
        var tries = 0;
        service.Script.Verify = request => ++tries < 3
            ? throw new RpcException(
                new(StatusCode.Unavailable, "away"), new Metadata { { "grpc-retry-pushback-ms", "20" } })
            : Answers.To(request);
        using var channel = GrpcChannel.ForAddress(service.Address, new GrpcChannelOptions { ServiceConfig = ToConfig(Read()) });
        var client = new VerificationService.VerificationServiceClient(channel);

        var answer = await client.VerifyPermitAsync(
            new() { PermitNumber = "BJ2024D00001" },
            deadline: TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(30),
            cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal((PermitStatus.Valid, 3), (answer.Verdict.Status, tries));
    }

    [Fact]
    public async Task ServiceConfig_WithGrpcNetClient_DoesNotRepeatARefusal()
    {
        await using var service = await FakeService.FakeService.StartAsync();
        var tries = 0;
        service.Script.Verify = _ =>
        {
            tries++;
            throw Faults.Status(StatusCode.ResourceExhausted, VerificationReasons.GuessBudgetExhausted, "no", TimeSpan.FromDays(1)).ToRpcException();
        };
        using var channel = GrpcChannel.ForAddress(service.Address, new GrpcChannelOptions { ServiceConfig = ToConfig(Read()) });
        var client = new VerificationService.VerificationServiceClient(channel);

        await Assert.ThrowsAsync<RpcException>(
            () => client.VerifyPermitAsync(new(), cancellationToken: TestContext.Current.CancellationToken).ResponseAsync);

        Assert.Equal(1, tries);
    }

    private static Document Read() => JsonSerializer.Deserialize<Document>(File("service-config.json"), Exactly)!;

    private static ServiceConfig ToConfig(Document document)
    {
        var config = new ServiceConfig
        {
            RetryThrottling = new() { MaxTokens = document.RetryThrottling.MaxTokens, TokenRatio = document.RetryThrottling.TokenRatio },
        };
        foreach (var method in document.MethodConfig)
        {
            var policy = method.RetryPolicy;
            var read = new MethodConfig
            {
                RetryPolicy = new()
                {
                    MaxAttempts = policy.MaxAttempts,
                    InitialBackoff = Duration(policy.InitialBackoff),
                    MaxBackoff = Duration(policy.MaxBackoff),
                    BackoffMultiplier = policy.BackoffMultiplier,
                },
            };
            foreach (var code in policy.RetryableStatusCodes)
                read.RetryPolicy.RetryableStatusCodes.Add(Enum.Parse<StatusCode>(code, ignoreCase: true));
            foreach (var name in method.Name)
                read.Names.Add(new() { Service = name.Service, Method = name.Method });
            config.MethodConfigs.Add(read);
        }
        return config;
    }

    private static TimeSpan Duration(string text) => Google.Protobuf.WellKnownTypes.Duration.Parser.ParseJson($"\"{text}\"").ToTimeSpan();

    [GeneratedRegex("```json\n(?<json>\\{\n  \"loadBalancingConfig\".*?\n\\})\n```", RegexOptions.Singleline)]
    private static partial Regex Json();

    private sealed record Document(
        IReadOnlyList<Dictionary<string, object>> LoadBalancingConfig, HealthCheck HealthCheckConfig, IReadOnlyList<Method> MethodConfig, Throttling RetryThrottling);

    private sealed record HealthCheck(string ServiceName);

    private sealed record Method(IReadOnlyList<MethodCall> Name, Policy RetryPolicy);

    private sealed record MethodCall(string Service, string Method);

    private sealed record Policy(
        int MaxAttempts, string InitialBackoff, string MaxBackoff, double BackoffMultiplier, IReadOnlyList<string> RetryableStatusCodes);

    private sealed record Throttling(int MaxTokens, double TokenRatio);
}
