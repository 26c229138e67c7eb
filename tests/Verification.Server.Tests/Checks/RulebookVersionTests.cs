using Google.Rpc;
using Grpc.Core;
using Permits.Verification.V1;
using Verification.Server.Tests.Support;

namespace Verification.Server.Tests.Checks;

/// <summary>Answers under a rulebook that the caller names: what provenance is for.</summary>
public sealed class RulebookVersionTests : IAsyncLifetime
{
    private const string Number = "BJ2024000017";

    private static readonly DateOnly FirstDay = new(2026, 3, 11);
    private static readonly (StatusCode Code, string Reason) RoleMissing = (StatusCode.PermissionDenied, "ROLE_MISSING");
    private static readonly (StatusCode Code, string Reason) Unknown = (StatusCode.NotFound, "RULEBOOK_UNKNOWN");

    private TestServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await TestServer.StartAsync(
            rulebooks: TestRulebooks.Library(FirstDay), args: [.. Auditor("housing", "housing_registry"), .. Auditor("school", "school")]);
        await _server.RecordAsync(Calls.Issued(Number, "2025-08-01"));
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    /// <summary>Invariant 3, on the policy's cases and every view of them, with later events and a later rulebook in between.</summary>
    [Theory]
    [InlineData(TestConsumers.Authority)]
    [InlineData("housing-auditor")]
    [InlineData("school-auditor")]
    public async Task Verify_AskedAgainByItsProvenance_AnswersTheSameUnderALaterRulebook(string consumer)
    {
        await _server.ImportAsync("cases", await CasesTests.EventsAsync("2026.1"));
        using var channel = _server.Connect(consumer);
        var caller = new VerificationService.VerificationServiceClient(channel);
        var checks = CasesTests.Checks("2026.1").ToArray();
        var before = await AskAsync(caller, checks, _ => { });
        var timelines = await TimelinesAsync(caller, checks, _ => { });

        await CancelAsync(checks.Select(check => check.PermitNumber).Distinct());
        await _server.LeapAsync(TimeSpan.FromDays(1));
        var after = await AskAsync(caller, checks, _ => { });
        var revision = before[0].Provenance.Revision;
        var again = await AskAsync(
            caller, checks, batch => (batch.KnownAtRevision, batch.RulebookVersion) = (revision, before[0].Provenance.RulebookVersion));

        Assert.All(before, answer => Assert.Equal((revision, TestRulebooks.First), (answer.Provenance.Revision, answer.Provenance.RulebookVersion)));
        Assert.All(after, answer => Assert.Equal(TestRulebooks.Second, answer.Provenance.RulebookVersion));
        Assert.NotEqual(before.Select(answer => answer.Verdict), after.Select(answer => answer.Verdict));
        AssertSame(before, again);
        Assert.Equal(
            timelines,
            await TimelinesAsync(caller, checks, request => (request.KnownAtRevision, request.RulebookVersion) = (revision, TestRulebooks.First)));

        // One by one, and on a stream, as in the batch.
        foreach (var (check, answer) in checks.Zip(before).Take(100))
        {
            var alone = check.Clone();
            (alone.KnownAtRevision, alone.RulebookVersion) = (answer.Provenance.Revision, answer.Provenance.RulebookVersion);
            AssertSame([answer], [await caller.VerifyPermitAsync(alone)]);
        }

        using var stream = caller.StreamVerifyPermits();
        var batch = new BatchVerifyPermitsRequest { KnownAtRevision = revision, RulebookVersion = TestRulebooks.First };
        batch.Checks.AddRange(checks[..100]);
        await stream.RequestStream.WriteAsync(new StreamVerifyPermitsRequest { Batch = batch });
        Assert.True(await stream.ResponseStream.MoveNext(CancellationToken.None));
        AssertSame(before[..100], [.. stream.ResponseStream.Current.Response.Items.Select(item => item.Response)]);
    }

    /// <summary>Known facts or not: a rulebook that is named decides, an older one as one to come.</summary>
    [Fact]
    public async Task Verify_RulebookNamed_DecidesStandingEntitlementsAndScope()
    {
        using var channel = _server.Connect("housing-auditor");
        var caller = new VerificationService.VerificationServiceClient(channel);

        var coming = await caller.VerifyPermitAsync(Check(TestRulebooks.Second));
        await _server.LeapAsync(TimeSpan.FromDays(1));
        var present = await caller.VerifyPermitAsync(Calls.Check(Number));
        var past = await caller.VerifyPermitAsync(Check(TestRulebooks.First));
        var pastScope = await caller.VerifyPermitAsync(Check(TestRulebooks.First, Entitlement.AffordableHousing));

        Assert.Equal(present.Verdict.ExpiresOn, coming.Verdict.ExpiresOn);
        Assert.Equal(present.Verdict.Entitlements, coming.Verdict.Entitlements);
        Assert.Equal((Calls.Date(2029, 8, 1), Calls.Date(2028, 8, 1)), (present.Verdict.ExpiresOn, past.Verdict.ExpiresOn));
        Assert.Equal(
            (Decision.Conditional, Decision.Conferred), (present.Verdict.Entitlements[0].Decision, past.Verdict.Entitlements[0].Decision));
        Assert.Equal([Entitlement.HomePurchase, Entitlement.OwnerOccupiedHousingLottery], Named(present));
        Assert.Equal([Entitlement.HomePurchase, Entitlement.AffordableHousing, Entitlement.OwnerOccupiedHousingLottery], Named(past));
        Assert.Equal([Entitlement.AffordableHousing], Named(pastScope));
        Assert.Equal(
            (StatusCode.PermissionDenied, "ENTITLEMENT_OUT_OF_SCOPE"),
            await Calls.ErrorOfAsync(async () => await caller.VerifyPermitAsync(Check(string.Empty, Entitlement.AffordableHousing))));
        Assert.Equal(
            (StatusCode.PermissionDenied, "ENTITLEMENT_OUT_OF_SCOPE"),
            await Calls.ErrorOfAsync(async () => await caller.VerifyPermitAsync(Check(TestRulebooks.Second, Entitlement.AffordableHousing))));
    }

    /// <summary>Today's rulebook too, and one that there is not: without the role nothing is told of rulebooks here.</summary>
    [Theory]
    [InlineData(TestRulebooks.First)]
    [InlineData("1999.1")]
    public async Task EveryCall_RulebookNamedWithoutRoleAudit_IsRefusedAndAStreamGoesOn(string version)
    {
        using var channel = _server.Connect("housing");

        Assert.Equal([RoleMissing, RoleMissing, RoleMissing, RoleMissing, default], await OutcomesAsync(channel, version));
    }

    [Theory]
    [InlineData("1999.1")]
    [InlineData(" 2026.1")]
    public async Task EveryCall_UnknownRulebook_IsNotFoundAndAStreamGoesOn(string version)
    {
        using var channel = _server.Connect("housing-auditor");

        Assert.Equal([Unknown, Unknown, Unknown, Unknown, default], await OutcomesAsync(channel, version));
    }

    [Fact]
    public async Task BatchVerifyPermits_RulebookInsideAnItem_IsInvalidWhoeverAsks()
    {
        foreach (var consumer in (string[])["housing", "housing-auditor"])
        {
            using var channel = _server.Connect(consumer);
            var batch = new BatchVerifyPermitsRequest { Checks = { Check(TestRulebooks.First), Calls.Check(Number) } };

            var items = (await new VerificationService.VerificationServiceClient(channel).BatchVerifyPermitsAsync(batch)).Items;

            Assert.Equal("rulebook_version:NOT_ALLOWED_IN_BATCH", Calls.WrongFieldsOf(items[0].Error));
            Assert.Equal(PermitStatus.Valid, items[1].Response.Verdict.Status);
        }
    }

    private static IEnumerable<string> Auditor(string consumer, string consumerClass)
    {
        var name = $"{consumer}-auditor";
        string[] settings =
        [
            $"Class={consumerClass}", "Roles:0=verify", "Roles:1=audit", $"Keys:0:Sha256={TestConsumers.DigestOf(name)}",
            "Limits:CheckBurst=1000000", "Limits:UnknownBurst=1000000", "Limits:WrongGuessesPerDay=1000",
        ];
        return settings.Select(setting => $"--Verification:Consumers:{name}:{setting}");
    }

    private static VerifyPermitRequest Check(string version, params Entitlement[] entitlements) =>
        new() { PermitNumber = Number, RulebookVersion = version, Entitlements = { entitlements } };

    private static IEnumerable<Entitlement> Named(VerifyPermitResponse response) =>
        response.Verdict.Entitlements.Select(decision => decision.Entitlement);

    /// <summary>The errors of every call under a rulebook: the last is that of the stream's next message, which names none.</summary>
    private static async Task<List<(StatusCode Code, string Reason)>> OutcomesAsync(ChannelBase channel, string version)
    {
        var caller = new VerificationService.VerificationServiceClient(channel);
        var batch = new BatchVerifyPermitsRequest { Checks = { Calls.Check(Number) }, RulebookVersion = version };
        List<(StatusCode Code, string Reason)> outcomes =
        [
            await Calls.ErrorOfAsync(async () => await caller.VerifyPermitAsync(Check(version))),
            await Calls.ErrorOfAsync(async () => await caller.BatchVerifyPermitsAsync(batch)),
            await Calls.ErrorOfAsync(async () => await caller.GetTimelineAsync(new() { PermitNumber = Number, RulebookVersion = version })),
        ];
        using var stream = caller.StreamVerifyPermits();
        foreach (var message in (BatchVerifyPermitsRequest[])[batch, new() { Checks = { Calls.Check(Number) } }])
        {
            await stream.RequestStream.WriteAsync(new StreamVerifyPermitsRequest { Batch = message });
            Assert.True(await stream.ResponseStream.MoveNext(CancellationToken.None));
            var error = stream.ResponseStream.Current.Error;
            outcomes.Add(error is null ? default : ((StatusCode)error.Code, error.GetDetail<ErrorInfo>()!.Reason));
        }

        return outcomes;
    }

    private static async Task<VerifyPermitResponse[]> AskAsync(
        VerificationService.VerificationServiceClient caller,
        IEnumerable<VerifyPermitRequest> checks,
        Action<BatchVerifyPermitsRequest> change)
    {
        var answers = new List<VerifyPermitResponse>();
        foreach (var part in checks.Chunk(1_000))
        {
            var batch = new BatchVerifyPermitsRequest();
            batch.Checks.AddRange(part);
            change(batch);
            answers.AddRange((await caller.BatchVerifyPermitsAsync(batch)).Items.Select(item => item.Response));
        }

        return [.. answers];
    }

    private static async Task<List<GetTimelineResponse>> TimelinesAsync(
        VerificationService.VerificationServiceClient caller, VerifyPermitRequest[] checks, Action<GetTimelineRequest> change)
    {
        var answers = new List<GetTimelineResponse>();
        foreach (var check in checks.Take(100))
        {
            var request = new GetTimelineRequest { PermitNumber = check.PermitNumber };
            change(request);
            var answer = await caller.GetTimelineAsync(request);
            answer.Provenance = null;
            answers.Add(answer);
        }

        return answers;
    }

    private static void AssertSame(VerifyPermitResponse[] expected, VerifyPermitResponse[] actual)
    {
        Assert.Equal(expected.Select(answer => answer.Verdict), actual.Select(answer => answer.Verdict));
        Assert.Equal(expected.Select(Claim), actual.Select(Claim));
    }

    private static (long Revision, string RulebookVersion) Claim(VerifyPermitResponse answer) =>
        (answer.Provenance.Revision, answer.Provenance.RulebookVersion);

    /// <summary>Records a cancellation of every permit that admits one today.</summary>
    private async Task CancelAsync(IEnumerable<string> numbers)
    {
        foreach (var number in numbers.Take(100))
        {
            try
            {
                await _server.RecordAsync(new() { PermitNumber = number, On = Calls.Date(2026, 3, 10), Cancelled = new() });
            }
            catch (RpcException refused) when (refused.StatusCode == StatusCode.FailedPrecondition)
            {
                // It does not exist, is over, or has later events.
            }
        }
    }
}
