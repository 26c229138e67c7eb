using Google.Rpc;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Permits.Registry.V1;
using Permits.Verification.V1;
using Verification.Core.Rules.Rulebooks;
using Verification.Server.Access.Consumers;
using Verification.Server.Tests.Support;
using ConsumerClass = Verification.Core.Rules.Codes.ConsumerClass;
using Contract = Permits.Verification.V1;
using Entitlement = Verification.Core.Rules.Codes.Entitlement;

namespace Verification.Server.Tests.Access;

/// <summary>Every class × entitlement × call × state of each kind of credential: allowed exactly where policy §9 says.</summary>
public sealed class AccessTableTests
{
    public static TheoryData<string, ConsumerClass> KindsAndClasses() => new(
        from kind in (string[])[CredentialStates.Keys, CredentialStates.Certificates, CredentialStates.Tokens]
        from consumerClass in PolicyTable.Classes
        select (kind, consumerClass));

    [Theory]
    [MemberData(nameof(KindsAndClasses))]
    public async Task EveryCall_EveryEntitlementAndState_IsAllowedWhereThePolicySays(string kind, ConsumerClass consumerClass)
    {
        await using var states = await CredentialStates.CreateAsync();
        await using var server = await states.StartServerAsync(consumerClass);
        server.ExpectsError = TestServer.IsWentBack;
        await server.UntilAuditCanBeReadAsync();
        await server.RecordAsync(Calls.Issued(RpcRows.Number, "2025-05-01"));

        foreach (var (state, refusal, connect) in states.Of(kind, consumerClass))
        {
            using var channel = connect(server);
            var caller = new Caller(channel);
            foreach (var row in RpcRows.All)
            {
                foreach (var entitlement in Enum.GetValues<Entitlement>()[..(row.NamesEntitlement ? ^0 : 1)])
                {
                    var expected = refusal.Length > 0 ? $"Unauthenticated {refusal}" : Expected(row, consumerClass, entitlement);
                    var actual = await OutcomeAsync(() => row.CallAsync(caller, (Contract.Entitlement)entitlement));
                    Assert.Equal((state, row.Name, entitlement, expected), (state, row.Name, entitlement, actual));
                }
            }
        }
    }

    [Fact]
    public async Task EveryCall_ThatTheServerMapsAndIsNotOpenToAll_HasARow()
    {
        await using var server = await TestServer.StartAsync();

        var methods =
            from endpoint in server.Service<EndpointDataSource>().Endpoints
            let method = endpoint.Metadata.GetMetadata<GrpcMethodMetadata>()?.Method
            where method is not null && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null
            select method.Name;

        Assert.Equal(methods.Distinct().Order(StringComparer.Ordinal), RpcRows.All.Select(row => row.Method).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task EveryCall_NoEntitlementNamed_AnswersAllThatTheClassMaySee()
    {
        await using var server = await TestServer.StartAsync();
        foreach (var consumerClass in PolicyTable.Classes)
        {
            using var channel = server.Connect(TestConsumers.Of(consumerClass));
            var response = await new VerificationService.VerificationServiceClient(channel).VerifyPermitAsync(Calls.Check(RpcRows.Number));

            Assert.Equal(
                RulebookLibrary.Embedded.On(new DateOnly(2026, 3, 10)).ScopeOf(ConsumerClass.IssuingAuthority).Entitlements
                    .Where(entitlement => PolicyTable.MaySee(consumerClass, entitlement)),
                response.Verdict.Entitlements.Select(decision => (Entitlement)decision.Entitlement));
            Assert.Equal(
                consumerClass == ConsumerClass.IssuingAuthority ? Source.Memory : Source.Unspecified, response.Provenance.Source);
        }
    }

    [Theory]
    [InlineData(nameof(ConsumerRoles.Verify))]
    [InlineData(nameof(ConsumerRoles.Register))]
    [InlineData(nameof(ConsumerRoles.Audit))]
    [InlineData(nameof(ConsumerRoles.Operate))]
    public async Task EveryCall_OneRoleOnly_IsAllowedWhereItNeedsThatRole(string role)
    {
        await using var server = await TestServer.StartAsync(args:
        [
            "--Verification:Consumers:single:Class=issuing_authority",
            $"--Verification:Consumers:single:Roles:0={role.ToLowerInvariant()}",
            $"--Verification:Consumers:single:Keys:0:Sha256={TestConsumers.DigestOf("single")}",
        ]);
        server.ExpectsError = TestServer.IsWentBack;
        await server.UntilAuditCanBeReadAsync();
        await server.RecordAsync(Calls.Issued(RpcRows.Number, "2025-05-01"));
        using var channel = server.Connect("single");

        foreach (var row in RpcRows.All)
        {
            var expected = row.Role == ConsumerRoles.None || row.Role.ToString() == role
                ? Expected(row, ConsumerClass.IssuingAuthority, Entitlement.HomePurchase)
                : "PermissionDenied ROLE_MISSING";
            var actual = await OutcomeAsync(() => row.CallAsync(new Caller(channel), Contract.Entitlement.HomePurchase));
            Assert.Equal((row.Name, expected), (row.Name, actual));
        }
    }

    [Fact]
    public async Task Call_UnknownMethod_NeedsACredentialToo()
    {
        await using var server = await TestServer.StartAsync();
        using var channel = server.Connect(string.Empty);
        var unknown = new Method<RecordedEvent, RecordedEvent>(
            MethodType.Unary, "permits.nothing", "Here", Marshallers.Create(_ => Array.Empty<byte>(), _ => new RecordedEvent()), Marshallers.Create(_ => Array.Empty<byte>(), _ => new RecordedEvent()));

        Assert.Equal(
            (StatusCode.Unauthenticated, "CREDENTIAL_MISSING"),
            await Calls.ErrorOfAsync(async () => await channel.CreateCallInvoker().AsyncUnaryCall(unknown, null, default, new RecordedEvent())));
    }

    /// <summary>What a consumer of a class is answered: the authority has every role here, the others may only verify.</summary>
    private static string Expected(RpcRow row, ConsumerClass consumerClass, Entitlement entitlement) =>
        row.Role is not (ConsumerRoles.Verify or ConsumerRoles.None) && consumerClass != ConsumerClass.IssuingAuthority ? "PermissionDenied ROLE_MISSING"
        : !row.NamesEntitlement ? "OK"
        : PolicyTable.MaySee(consumerClass, entitlement) ? $"OK {entitlement}"
        : "PermissionDenied ENTITLEMENT_OUT_OF_SCOPE";

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
}
