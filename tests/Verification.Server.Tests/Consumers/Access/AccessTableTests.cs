using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;
using Permits.Registry.V1;
using Permits.Verification.V1;
using Verification.Core.Rules;
using Verification.Server.Tests.Support;
using Contract = Permits.Verification.V1;
using Entitlement = Verification.Core.Rules.Entitlement;

namespace Verification.Server.Tests.Consumers.Access;

/// <summary>Every class × entitlement × call × state of the credential: allowed exactly where policy §9 says.</summary>
public sealed class AccessTableTests
{
    private const string Number = "BJ2024000017";

    private static readonly Dictionary<string, string> Refusals = new()
    {
        ["none"] = "CREDENTIAL_MISSING",
        ["wrong"] = "CREDENTIAL_INVALID",
        ["expired"] = "CREDENTIAL_EXPIRED",
        ["revoked"] = "CREDENTIAL_REVOKED",
        ["early"] = "CREDENTIAL_NOT_YET_VALID",
        ["right"] = string.Empty,
    };

    private static readonly Dictionary<string, Func<Caller, Contract.Entitlement, Task<string>>> Verifying = new()
    {
        ["VerifyPermit"] = async (caller, entitlement) =>
            Seen(await caller.Permits.VerifyPermitAsync(Check(entitlement))),
        ["BatchVerifyPermits"] = async (caller, entitlement) =>
            Seen((await caller.Permits.BatchVerifyPermitsAsync(new() { Checks = { Check(entitlement) } })).Items[0]),
        ["StreamVerifyPermits"] = StreamAsync,
    };

    private static readonly Dictionary<string, Func<Caller, Task>> Others = new()
    {
        ["GetTimeline"] = async caller => await caller.Permits.GetTimelineAsync(new() { PermitNumber = Number }),
        ["GetRulebook"] = async caller => await caller.Permits.GetRulebookAsync(new()),
        ["RecordEvent"] = async caller => await caller.Registry.RecordEventAsync(new()
        {
            RequestId = "one and the same".Replace(' ', '-'),
            Event = Calls.Issued("BJ2024000018", "2025-05-01"),
        }),
        ["ImportEvents"] = ImportAsync,
        ["GetPermit"] = async caller => await caller.Registry.GetPermitAsync(new() { PermitNumber = Number }),
        ["MarkRestored"] = async caller => await caller.Registry.MarkRestoredAsync(new()),
    };

    public static TheoryData<ConsumerClass, string> ClassesAndStates() => new(
        from consumerClass in PolicyTable.Classes
        from state in Refusals.Keys
        select (consumerClass, state));

    [Theory]
    [MemberData(nameof(ClassesAndStates))]
    public async Task EveryCall_EveryEntitlement_IsAllowedWhereThePolicySays(ConsumerClass consumerClass, string state)
    {
        await using var server = await TestServer.StartAsync(args: [.. Keys(consumerClass)]);
        server.ExpectsError = TestServer.IsWentBack;
        await server.RecordAsync(Calls.Issued(Number, "2025-05-01"));
        var key = state switch
        {
            "none" => string.Empty,
            "right" => TestConsumers.Of(consumerClass),
            _ => $"{TestConsumers.Of(consumerClass)}-{state}",
        };
        using var channel = server.Connect(key);
        var caller = new Caller(new(channel), new(channel));

        foreach (var entitlement in Enum.GetValues<Entitlement>())
        {
            var expected = Refusals[state].Length > 0 ? $"Unauthenticated {Refusals[state]}"
                : PolicyTable.MaySee(consumerClass, entitlement) ? $"OK {entitlement}"
                : "PermissionDenied ENTITLEMENT_OUT_OF_SCOPE";
            foreach (var (name, call) in Verifying)
            {
                Assert.Equal((name, expected), (name, await OutcomeAsync(() => call(caller, (Contract.Entitlement)entitlement))));
            }
        }

        foreach (var (name, call) in Others)
        {
            var isAuthoritys = name is "RecordEvent" or "ImportEvents" or "GetPermit" or "MarkRestored";
            var expected = Refusals[state].Length > 0 ? $"Unauthenticated {Refusals[state]}"
                : isAuthoritys && consumerClass != ConsumerClass.IssuingAuthority ? "PermissionDenied ROLE_MISSING"
                : "OK";
            Assert.Equal((name, expected), (name, await OutcomeAsync(async () =>
            {
                await call(caller);
                return "OK";
            })));
        }
    }

    [Fact]
    public async Task EveryCall_NoEntitlementNamed_AnswersAllThatTheClassMaySee()
    {
        await using var server = await TestServer.StartAsync();
        foreach (var consumerClass in PolicyTable.Classes)
        {
            using var channel = server.Connect(TestConsumers.Of(consumerClass));
            var response = await new VerificationService.VerificationServiceClient(channel).VerifyPermitAsync(Calls.Check(Number));

            Assert.Equal(
                Enum.GetValues<Entitlement>().Where(entitlement => PolicyTable.MaySee(consumerClass, entitlement)),
                response.Verdict.Entitlements.Select(decision => (Entitlement)decision.Entitlement));
            Assert.Equal(
                consumerClass == ConsumerClass.IssuingAuthority ? Source.Memory : Source.Unspecified, response.Provenance.Source);
        }
    }

    [Theory]
    [InlineData("verify", "GetTimeline")]
    [InlineData("register", "RecordEvent", "ImportEvents", "GetPermit")]
    [InlineData("audit")]
    [InlineData("operate", "MarkRestored")]
    public async Task Calls_OneRoleOnly_AllowWhatTheRoleIsFor(string role, params string[] allowed)
    {
        await using var server = await TestServer.StartAsync(args:
        [
            "--Verification:Consumers:single:Class=issuing_authority",
            $"--Verification:Consumers:single:Roles:0={role}",
            $"--Verification:Consumers:single:Keys:0:Sha256={TestConsumers.DigestOf("single")}",
        ]);
        server.ExpectsError = TestServer.IsWentBack;
        using var channel = server.Connect("single");
        var caller = new Caller(new(channel), new(channel));

        foreach (var (name, call) in Others)
        {
            var expected = name == "GetRulebook" || allowed.Contains(name) ? "OK" : "PermissionDenied ROLE_MISSING";
            Assert.Equal((name, expected), (name, await OutcomeAsync(async () =>
            {
                await call(caller);
                return "OK";
            })));
        }
    }

    [Fact]
    public async Task Call_UnknownMethodOrPath_NeedsACredentialToo()
    {
        await using var server = await TestServer.StartAsync();

        var response = await server.Http.GetAsync("/nothing/here", TestContext.Current.CancellationToken);

        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Contains("authorization: Bearer", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Keys(ConsumerClass consumerClass)
    {
        var name = TestConsumers.Of(consumerClass);
        var keys = $"--Verification:Consumers:{name}:Keys";
        return
        [
            $"{keys}:1:Sha256={TestConsumers.DigestOf($"{name}-expired")}",
            $"{keys}:1:Expires={TestServer.Now:yyyy-MM-ddTHH:mm:ssZ}",
            $"{keys}:2:Sha256={TestConsumers.DigestOf($"{name}-revoked")}",
            $"{keys}:2:Revoked=true",
            $"{keys}:3:Sha256={TestConsumers.DigestOf($"{name}-early")}",
            $"{keys}:3:NotBefore={TestServer.Now.AddSeconds(1):yyyy-MM-ddTHH:mm:ssZ}",
        ];
    }

    private static VerifyPermitRequest Check(Contract.Entitlement entitlement) => new() { PermitNumber = Number, Entitlements = { entitlement } };

    private static string Seen(VerifyPermitResponse response) => $"OK {Assert.Single(response.Verdict.Entitlements).Entitlement}";

    private static string Seen(BatchItem item) => item.Error is { } error
        ? throw error.ToRpcException()
        : Seen(item.Response);

    private static async Task<string> StreamAsync(Caller caller, Contract.Entitlement entitlement)
    {
        using var call = caller.Permits.StreamVerifyPermits();
        await SendAsync(call.RequestStream, new StreamVerifyPermitsRequest { Batch = new() { Checks = { Check(entitlement) } } });
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        return Seen(call.ResponseStream.Current.Response.Items[0]);
    }

    private static async Task ImportAsync(Caller caller)
    {
        using var call = caller.Registry.ImportEvents();
        await SendAsync(call.RequestStream, new ImportEventsRequest { ImportId = "f", Ndjson = ByteString.CopyFromUtf8("{}") });
        await foreach (var progress in call.ResponseStream.ReadAllAsync())
        {
            Assert.Equal(1, progress.LinesRead);
        }
    }

    /// <summary>The server may have ended the call already; the response stream tells why.</summary>
    private static async Task SendAsync<T>(IClientStreamWriter<T> requests, T message)
    {
        try
        {
            await requests.WriteAsync(message);
            await requests.CompleteAsync();
        }
        catch (Exception ended) when (ended is RpcException or InvalidOperationException)
        {
            Assert.NotEmpty(ended.Message);
        }
    }

    private static async Task<string> OutcomeAsync(Func<Task<string>> call)
    {
        try
        {
            return await call();
        }
        catch (RpcException error)
        {
            return $"{error.StatusCode} {error.GetRpcStatus()?.GetDetail<ErrorInfo>()?.Reason}";
        }
    }

    private sealed record Caller(VerificationService.VerificationServiceClient Permits, RegistryService.RegistryServiceClient Registry);
}
