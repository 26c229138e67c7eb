using Permits.Verification.V1;
using Verification.Core.Rules.Rulebooks;
using Verification.Server.Tests.Support;
using ConsumerClass = Verification.Core.Rules.Codes.ConsumerClass;
using Contract = Permits.Verification.V1;

namespace Verification.Server.Tests.Checks;

/// <summary>A caller is told who it is, what it may see, and what is left of its limits.</summary>
public sealed class GetCallerTests
{
    private static readonly string[] North =
    [
        .. TestConsumers.School(
            "north",
            $"Keys:0:Sha256={TestConsumers.DigestOf("north")}",
            "Keys:0:Expires=2026-12-31T16:00:00Z",
            "RequireIdentity=false",
            "Limits:CheckBurst=1000",
            "Limits:ChecksPerSecond=2",
            "Limits:UnknownBurst=20",
            "Limits:UnknownPerMinute=6",
            "Limits:BatchUnknownBurst=30",
            "Limits:BatchUnknownPerMinute=7",
            "Limits:ConcurrentStreams=3",
            "Limits:WrongGuessesPerDay=4"),
    ];

    [Fact]
    public async Task GetCaller_AfterSomeCalls_TellsWhatIsLeft()
    {
        await using var server = await TestServer.StartAsync(args: North);
        using var channel = server.Connect("north");
        var client = new VerificationService.VerificationServiceClient(channel);
        await client.VerifyPermitAsync(Calls.Check("BJ00000001"));
        await client.BatchVerifyPermitsAsync(new() { Checks = { Calls.Check("BJ00000002"), Calls.Check("BJ00000003") } });
        using var stream = client.StreamVerifyPermits();
        await stream.RequestStream.WriteAsync(new() { Batch = new() { Checks = { Calls.Check("BJ00000004") } } });
        Assert.True(await stream.ResponseStream.MoveNext(TestContext.Current.CancellationToken));

        var caller = await client.GetCallerAsync(new());

        Assert.Equal(
            new GetCallerResponse
            {
                Consumer = "north",
                ConsumerClass = Contract.ConsumerClass.School,
                Roles = { ConsumerRole.Verify },
                Entitlements = { Entitlement.SchoolEnrollment, Entitlement.HigherVocationalExam, Entitlement.UniversityEntranceExam },
                CredentialExpiresAt = new() { Seconds = DateTimeOffset.Parse("2026-12-31T16:00:00Z", null).ToUnixTimeSeconds() },
                Limits = new()
                {
                    Checks = new() { Capacity = 1_000, Left = 995, AddedPerMinute = 120 },
                    UnknownNumbers = new() { Capacity = 20, Left = 19, AddedPerMinute = 6 },
                    BatchUnknownNumbers = new() { Capacity = 30, Left = 27, AddedPerMinute = 7 },
                    BatchesAllowed = true,
                    ConcurrentStreams = 3,
                    StreamsLeft = 2,
                    WrongGuessesPerDay = 4,
                },
            },
            caller);
    }

    [Fact]
    public async Task GetCaller_OfEachClass_TellsItsScopeAndRoles()
    {
        await using var server = await TestServer.StartAsync();
        foreach (var consumerClass in Enum.GetValues<ConsumerClass>())
        {
            using var channel = server.Connect(TestConsumers.Of(consumerClass));
            var caller = await new VerificationService.VerificationServiceClient(channel).GetCallerAsync(new());

            Assert.Equal((Contract.ConsumerClass)consumerClass, caller.ConsumerClass);
            Assert.Equal(
                RulebookLibrary.Embedded.On(new DateOnly(2026, 3, 10)).ScopeOf(consumerClass).Entitlements.Select(it => (Entitlement)it).Order(),
                caller.Entitlements);
            Assert.Equal(
                consumerClass == ConsumerClass.IssuingAuthority
                    ? [ConsumerRole.Verify, ConsumerRole.Register, ConsumerRole.Audit, ConsumerRole.Operate]
                    : [ConsumerRole.Verify],
                caller.Roles);
            Assert.Null(caller.CredentialExpiresAt);
        }
    }

    /// <summary>What is left is what it is asked for: so also where that is nothing.</summary>
    [Fact]
    public async Task GetCaller_BudgetsUsedUp_IsAnswered()
    {
        await using var server = await TestServer.StartAsync(args:
            [.. TestConsumers.School("south", $"Keys:0:Sha256={TestConsumers.DigestOf("south")}", "Limits:CheckBurst=3", "Limits:ChecksPerSecond=1", "Limits:UnknownBurst=1", "Limits:Batches=false")]);
        using var channel = server.Connect("south");
        var client = new VerificationService.VerificationServiceClient(channel);
        await client.VerifyPermitAsync(Calls.Check("BJ00000001"));
        for (var i = 0; i < 5; i++)
        {
            await client.GetCallerAsync(new());
        }

        var limits = (await client.GetCallerAsync(new())).Limits;

        Assert.Equal((0, 0, false), (limits.Checks.Left, limits.UnknownNumbers.Left, limits.BatchesAllowed));
    }
}
