using Grpc.Core;
using Permits.Verification.V1;
using Verification.Client;
using Verification.Load.Driving;
using Verification.Load.MadeUp;
using Verification.Load.Questions;
using Verification.Load.Scenarios;
using Verification.Load.Yardsticks;
using Entitlement = Permits.Verification.V1.Entitlement;
using Subject = Permits.Verification.V1.Subject;

namespace Verification.Load.Tests.Yardsticks;

/// <summary>The yardsticks with a cache answer what the service answers, or the comparison would be none.</summary>
public sealed class CachedServiceTests(SmallGround small) : IClassFixture<SmallGround>
{
    public static TheoryData<string> Kinds => [nameof(YardstickKind.Hybrid), nameof(YardstickKind.Fusion)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task VerifyPermit_OfEveryScenarioWithAnAnswer_AnswersAsTheRulesDecide(string kind)
    {
        var server = await small.Ground.Fleet.YardstickAsync(Enum.Parse<YardstickKind>(kind));
        string[] answered = ["memory-hit", "memory-random", "unknown", "identity", "past-date"];

        foreach (var scenario in ScenarioList.All.Where(scenario => answered.Contains(scenario.Name)))
        {
            // Twice as many calls as permits, so that what is cached answers too.
            var driven = await ClosedLoop.RunAsync(
                server.Address, scenario.Question(small.Ground), new Shape(2, 4), TimeSpan.FromMinutes(1), 2 * SmallGround.Permits);

            Assert.Equal((scenario.Name, 2 * SmallGround.Permits, 0), (scenario.Name, (int)driven.Calls, (int)driven.Wrong));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task VerifyPermit_WithAnotherIdentityNumber_DoesNotMatch(string kind)
    {
        using var client = await ClientAsync(kind, Keys.School);

        var answer = await client.Verification.VerifyPermitAsync(
            new VerifyPermitRequest
            {
                PermitNumber = MadeUpPermits.NumberOf(0),
                Subject = new Subject { IdentityNumber = MadeUpPermits.HolderOf(1) },
            },
            cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(Permits.Verification.V1.SubjectMatch.NotMatched, answer.Verdict.SubjectMatch);
        Assert.All(answer.Verdict.Entitlements, decision => Assert.Equal(Permits.Verification.V1.Decision.NotConferred, decision.Decision));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task VerifyPermit_ThatTheServiceRefuses_IsRefusedAlike(string kind)
    {
        using var school = await ClientAsync(kind, Keys.School);
        using var stranger = await ClientAsync(kind, "pv_nobody");

        Assert.Equal(StatusCode.InvalidArgument, await RefusalAsync(school, new VerifyPermitRequest { PermitNumber = "BJ/2024/17" }));
        Assert.Equal(StatusCode.PermissionDenied, await RefusalAsync(
            school, new VerifyPermitRequest { PermitNumber = MadeUpPermits.NumberOf(0), Entitlements = { Entitlement.HomePurchase } }));
        Assert.Equal(StatusCode.Unauthenticated, await RefusalAsync(stranger, new VerifyPermitRequest { PermitNumber = MadeUpPermits.NumberOf(0) }));
    }

    private static async Task<StatusCode> RefusalAsync(PermitVerificationClient client, VerifyPermitRequest request) =>
        (await Assert.ThrowsAsync<RpcException>(async () => await client.Verification.VerifyPermitAsync(request))).StatusCode;

    private async Task<PermitVerificationClient> ClientAsync(string kind, string key) => new(new PermitVerificationOptions
    {
        Address = (await small.Ground.Fleet.YardstickAsync(Enum.Parse<YardstickKind>(kind))).Address,
        ApiKey = key,
    });
}
