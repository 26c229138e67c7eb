using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Permits.Verification.V1;
using Xunit;

namespace Verification.Client.Tests.Asking;

/// <summary>What explains answers: the record of a check, the rules, and who the caller is.</summary>
public sealed class ExplainedTests : IAsyncDisposable
{
    private const string CheckId = "01a2283a035e732ba5d3f52c162d2af9";
    private FakeService.FakeService? _service;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GetCheckAsync_AnsweredCheck_IsTheRecordAndTheVerdictOnceMore()
    {
        var told = Answers.To(new VerifyPermitRequest { PermitNumber = "BJ2024D00002", Entitlements = { Entitlement.HomePurchase } });
        using var client = await StartAsync(script => script.CheckRead = _ => Shown(record =>
        {
            record.AsOf = Answers.Today;
            record.CardEdition = 2;
            record.Reference = "case-7";
            record.Entitlements.Add(Entitlement.HomePurchase);
            record.Answer = new() { Status = PermitStatus.Valid, Entitlements = { told.Verdict.Entitlements } };
            record.Provenance = told.Provenance;
        }, new Repetition { Outcome = RepetitionOutcome.Same, Verdict = told.Verdict }));

        var record = await client.GetCheckAsync(CheckId, Token);

        Assert.Equal(
            (CheckId, RecordedCall.Check, new DateOnly(2026, 11, 30), 2, "case-7", PermitStatus.Valid),
            (record.CheckId, record.Call, record.AsOf!.Value, record.CardEdition!.Value, record.Reference, record.Answer!.Status));
        Assert.Equal(HomeConferred, Assert.Single(record.Answer.Decisions));
        Assert.Equal((RepetitionOutcome.Same, true, null), (record.Repetition, record.RepeatedVerdict!.Allows(Entitlement.HomePurchase), record.WhyNotRepeated));
        Assert.Equal((7L, 7L), (record.Provenance!.Revision, record.RepeatedVerdict.Provenance.Revision));
        Assert.DoesNotContain("BJ2024", record.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetCheckAsync_RefusedCheck_HasNoAnswerAndSaysWhyItCannotBeRepeated()
    {
        using var client = await StartAsync(script => script.CheckRead = _ => Shown(
            record => record.Refusal = new() { Reason = VerificationReasons.RateExceeded, Count = 3 },
            new Repetition { Outcome = RepetitionOutcome.NotRepeatable, Reason = "NO_VERDICT" }));

        var record = await client.GetCheckAsync(CheckId, Token);

        Assert.Equal((VerificationReasons.RateExceeded, null, null), (record.Refusal, record.Answer, record.RepeatedVerdict));
        Assert.Equal((RepetitionOutcome.NotRepeatable, "NO_VERDICT"), (record.Repetition, record.WhyNotRepeated));
    }

    [Fact]
    public async Task GetCheckAsync_RecordOfAnother_IsNoAnswer()
    {
        using var client = await StartAsync(script =>
            script.CheckRead = _ => Shown(record => record.CheckId = CheckId[..^1] + "0", new Repetition { Outcome = RepetitionOutcome.Same }));

        var exception = await Assert.ThrowsAsync<PermitVerificationException>(() => client.GetCheckAsync(CheckId, Token));

        Assert.Equal((VerificationReasons.AnswerMismatch, StatusCode.DataLoss), (exception.Reason, exception.Fault.StatusCode));
    }

    [Theory]
    [InlineData(null, "2026.2", true)]
    [InlineData("2026.1", "2026.1", true)]
    [InlineData("2026.1", "2026.2", false)]
    [InlineData(null, "", false)]
    public async Task GetRulebookAsync_Version_IsTheOneAskedForOrNone(string? asked, string told, bool isAnswer)
    {
        GetRulebookRequest? request = null;
        using var client = await StartAsync(script => script.Rulebook = sent =>
        {
            request = sent;
            return new() { Rulebook = new() { Version = told } };
        });

        var answer = client.GetRulebookAsync(asked, Token);

        if (isAnswer)
            Assert.Equal(told, (await answer).Version);
        else
            Assert.Equal(VerificationReasons.AnswerMismatch, (await Assert.ThrowsAsync<PermitVerificationException>(() => answer)).Reason);
        Assert.Equal(asked ?? "", request!.Version);
    }

    [Fact]
    public async Task GetCallerAsync_Told_IsTyped()
    {
        using var client = await StartAsync(script => script.Caller = _ => new()
        {
            Consumer = "school",
            ConsumerClass = ConsumerClass.School,
            Roles = { ConsumerRole.Verify },
            Entitlements = { Entitlement.SchoolEnrollment },
            MustIdentify = true,
            CredentialExpiresAt = Timestamp.FromDateTimeOffset(new(2027, 1, 1, 0, 0, 0, TimeSpan.Zero)),
            Limits = new() { Checks = new() { Capacity = 100, Left = 99, AddedPerMinute = 6000 }, BatchesAllowed = true, ConcurrentStreams = 2, StreamsLeft = 1 },
        });

        var caller = await client.GetCallerAsync(Token);

        Assert.Equal(
            ("school", ConsumerClass.School, true, new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero)),
            (caller.Consumer, caller.ConsumerClass, caller.MustIdentify, caller.CredentialExpiresAt!.Value));
        Assert.Equal([ConsumerRole.Verify], caller.Roles);
        Assert.Equal([Entitlement.SchoolEnrollment], caller.Entitlements);
        Assert.Equal((new PermitBudget(100, 99, 6000), true, 1), (caller.Limits.Checks, caller.Limits.BatchesAllowed, caller.Limits.StreamsLeft));
    }

    public async ValueTask DisposeAsync()
    {
        if (_service is not null)
            await _service.DisposeAsync();
    }

    private static PermitDecision HomeConferred => new(Entitlement.HomePurchase, Decision.Conferred, Basis.CitizenTreatment);

    private static GetCheckResponse Shown(Action<CheckRecord> write, Repetition repetition)
    {
        var record = new CheckRecord
        {
            CheckId = CheckId,
            Instant = Timestamp.FromDateTimeOffset(DateTimeOffset.UnixEpoch),
            Call = RecordedCall.Check,
            PermitNumber = "BJ2024D00002",
        };
        write(record);
        return new() { Record = record, Repetition = repetition };
    }

    private async Task<PermitVerificationClient> StartAsync(Action<FakeService.Script> write)
    {
        _service = await FakeService.FakeService.StartAsync();
        write(_service.Script);
        return new(new() { Address = _service.Address });
    }
}
