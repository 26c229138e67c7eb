using Google.Rpc;
using Grpc.Core;
using Permits.Registry.V1;
using Permits.Verification.V1;
using Verification.Server.Tests.Support;

namespace Verification.Server.Tests.Checks;

/// <summary>A check of the caller's own, shown again.</summary>
public sealed class GetCheckTests : IAsyncLifetime
{
    private const string Number = "BJ2024000017";
    private const string Passport = "E12345678";

    private readonly WatchedRecords _records = new();
    private TestServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await TestServer.StartAsync(configure: builder => _records.PutInto(builder.Services));
        await _server.RecordAsync(Calls.Issued(Number, "2025-08-01"));
        await _server.RecordAsync(Calls.SpouseAdded(Number, "2025-08-02", Passport));
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task GetCheck_OwnCheck_ShowsWhatWasAskedAndToldAndTheSameVerdict()
    {
        using var housing = _server.Connect("housing");
        var check = new VerifyPermitRequest
        {
            PermitNumber = Number,
            Entitlements = { Entitlement.HomePurchase },
            Subject = new Subject { Role = SubjectRole.Spouse, IdentityNumber = Passport, Document = IdentityDocument.Passport },
            AsOf = Calls.Date("2026-03-01"),
            Through = Calls.Date("2026-06-30"),
            CardEdition = 1,
            Reference = "C-2026/118",
        };
        var answer = await _server.RecordedAsync(housing, check);

        var shown = await ShowAsync(housing, answer.Provenance.CheckId);

        var record = shown.Record;
        Assert.Equal(
            (answer.Provenance.CheckId, RecordedCall.Check, "housing", ConsumerClass.HousingRegistry, Number, "C-2026/118"),
            (record.CheckId, record.Call, record.Consumer, record.ConsumerClass, record.PermitNumber, record.Reference));
        Assert.Equal(
            (check.AsOf, check.Through, SubjectRole.Spouse, IdentityDocument.Passport, 1),
            (record.AsOf, record.Through, record.Role, record.IdentityDocument, record.CardEdition));
        Assert.Equal(check.Entitlements, record.Entitlements);
        Assert.Equal(
            (answer.Verdict.Status, SubjectMatch.Matched, CardMatch.Current, answer.Verdict.Throughout),
            (record.Answer.Status, record.Answer.SubjectMatch, record.Answer.CardMatch, record.Answer.Throughout));
        Assert.Equal(answer.Verdict.Reasons, record.Answer.Reasons);
        Assert.Equal(answer.Verdict.Entitlements, record.Answer.Entitlements);
        Assert.Equal(
            (answer.Provenance.Revision, answer.Provenance.RulebookVersion), (record.Provenance.Revision, record.Provenance.RulebookVersion));
        Assert.Null(record.Refusal);
        Assert.Equal(RepetitionOutcome.Same, shown.Repetition.Outcome);
        Assert.Equal(answer.Verdict, shown.Repetition.Verdict);
    }

    [Fact]
    public async Task GetCheck_ItemOfABatch_IsFoundByItsPlace()
    {
        using var housing = _server.Connect("housing");
        var batch = new BatchVerifyPermitsRequest { Checks = { Calls.Check(Number), Calls.Check("BJ2024000018") } };
        var answers = await new VerificationService.VerificationServiceClient(housing).BatchVerifyPermitsAsync(batch);
        var id = answers.Items[1].Response.Provenance.CheckId;
        await _server.CopiedAsync(id);

        var shown = await ShowAsync(housing, id);

        Assert.EndsWith("-1", id, StringComparison.Ordinal);
        Assert.Equal((RecordedCall.BatchItem, "BJ2024000018"), (shown.Record.Call, shown.Record.PermitNumber));
        Assert.Equal((PermitStatus.NotFound, RepetitionOutcome.Same), (shown.Record.Answer.Status, shown.Repetition.Outcome));
    }

    /// <summary>What the registry has learned since changes nothing of what was told.</summary>
    [Fact]
    public async Task GetCheck_PermitCancelledSince_ComesOutAsItDid()
    {
        using var housing = _server.Connect("housing");
        var answer = await _server.RecordedAsync(housing, Calls.Check(Number));
        await _server.RecordAsync(new PermitEvent { PermitNumber = Number, On = Calls.Date("2026-03-01"), Cancelled = new Cancelled() });

        var shown = await ShowAsync(housing, answer.Provenance.CheckId);

        Assert.Equal(RepetitionOutcome.Same, shown.Repetition.Outcome);
        Assert.Equal(answer.Verdict, shown.Repetition.Verdict);
        Assert.Equal(PermitStatus.Cancelled, (await _server.VerdictAsync(Calls.Check(Number))).Status);
    }

    [Fact]
    public async Task GetCheck_AnotherConsumers_IsToldAsNone()
    {
        using var housing = _server.Connect("housing");
        using var school = _server.Connect("school");
        var answer = await _server.RecordedAsync(housing, Calls.Check(Number));
        var none = AuditCalls.IdMadeAt(_server.Clock.GetUtcNow());

        var youngOfOthers = await ErrorOfAsync(school, answer.Provenance.CheckId);
        var youngNone = await ErrorOfAsync(school, none);
        await _server.LeapAsync(TimeSpan.FromSeconds(11));
        var ofOthers = await ErrorOfAsync(school, answer.Provenance.CheckId);

        Assert.Equal(((int)StatusCode.Unavailable, "AUDIT_BEHIND"), (youngNone.Code, youngNone.GetDetail<ErrorInfo>()!.Reason));
        Assert.Equal(youngNone, youngOfOthers);
        Assert.Equal(((int)StatusCode.NotFound, "CHECK_UNKNOWN"), (ofOthers.Code, ofOthers.GetDetail<ErrorInfo>()!.Reason));
        Assert.Equal(await ErrorOfAsync(school, none), ofOthers);
    }

    /// <summary>It will not come either: who waited for it would wait for years.</summary>
    [Fact]
    public async Task GetCheck_IdOfTheFuture_IsNone()
    {
        using var housing = _server.Connect("housing");

        var error = await ErrorOfAsync(housing, AuditCalls.IdMadeAt(_server.Clock.GetUtcNow().AddHours(1)));

        Assert.Equal("CHECK_UNKNOWN", error.GetDetail<ErrorInfo>()!.Reason);
    }

    [Fact]
    public async Task GetCheck_DatabaseAway_IsBehindWhoeverAsks()
    {
        using var housing = _server.Connect("housing");
        using var school = _server.Connect("school");
        var answer = await _server.RecordedAsync(housing, Calls.Check(Number));
        await _server.LeapAsync(TimeSpan.FromMinutes(1));
        _records.IsAway = true;

        foreach (var (caller, id) in new[] { (housing, answer.Provenance.CheckId), (school, answer.Provenance.CheckId), (school, AuditCalls.IdMadeAt(TestServer.Now)) })
        {
            Assert.Equal((StatusCode.Unavailable, "AUDIT_BEHIND"), await Calls.ErrorOfAsync(() => ShowAsync(caller, id)));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("01a2283a035e732ba5d3f52c162d2af")]
    [InlineData("01a2283a-035e-732b-a5d3-f52c162d2af9")]
    [InlineData("01a2283a035e732ba5d3f52c162d2af9-")]
    [InlineData("01a2283a035e732ba5d3f52c162d2af9--1")]
    [InlineData("01a2283a035e732ba5d3f52c162d2af9-x")]
    [InlineData("01a2283a035e432ba5d3f52c162d2af9")]
    public async Task GetCheck_NoCheckId_IsAFaultOfItsField(string id) =>
        Assert.Equal("check_id:MALFORMED_CHECK_ID", await Calls.WrongFieldsOfAsync(() => ShowAsync(_server.Channel, id)));

    [Fact]
    public async Task GetCheck_RecordAltered_SaysThatItIsDifferent()
    {
        using var housing = _server.Connect("housing");
        var answer = await _server.RecordedAsync(housing, Calls.Check(Number));
        _records.Change = record => record with { Answer = record.Answer!.Value with { CardMatch = Core.Rules.Codes.CardMatch.Superseded } };

        var shown = await ShowAsync(housing, answer.Provenance.CheckId);

        Assert.Equal((RepetitionOutcome.Different, answer.Verdict), (shown.Repetition.Outcome, shown.Repetition.Verdict));
    }

    [Fact]
    public async Task GetCheck_RulebookThatTheServiceDoesNotHave_CannotBeRepeated()
    {
        using var housing = _server.Connect("housing");
        var answer = await _server.RecordedAsync(housing, Calls.Check(Number));
        _records.Change = record => record with { Provenance = record.Provenance!.Value with { RulebookVersion = "2031.1" } };

        var shown = await ShowAsync(housing, answer.Provenance.CheckId);

        Assert.Equal(
            (RepetitionOutcome.NotRepeatable, "RULEBOOK_UNKNOWN", null), (shown.Repetition.Outcome, shown.Repetition.Reason, shown.Repetition.Verdict));
    }

    /// <summary>What a restore lost is not different: nobody can tell.</summary>
    [Fact]
    public async Task GetCheck_RevisionLostByARestore_CannotBeRepeated()
    {
        using var housing = _server.Connect("housing");
        var backup = RegistryBackup.Of(_server.Folder);
        await _server.RecordAsync(new PermitEvent { PermitNumber = Number, On = Calls.Date("2026-03-01"), Cancelled = new Cancelled() });
        var answer = await _server.RecordedAsync(housing, Calls.Check(Number));
        _server.ExpectsError = TestServer.IsWentBack;
        backup.RestoreInPlace();
        await _server.Registry.MarkRestoredAsync(new());
        await _server.LeapAsync(TimeSpan.FromSeconds(1));

        var shown = await ShowAsync(housing, answer.Provenance.CheckId);

        Assert.Equal(PermitStatus.Cancelled, shown.Record.Answer.Status);
        Assert.Equal(
            (RepetitionOutcome.NotRepeatable, "REVISION_UNKNOWN", null), (shown.Repetition.Outcome, shown.Repetition.Reason, shown.Repetition.Verdict));
    }

    [Fact]
    public async Task GetCheck_Timeline_IsShownWithoutAVerdict()
    {
        using var housing = _server.Connect("housing");
        var answer = await new VerificationService.VerificationServiceClient(housing).GetTimelineAsync(new() { PermitNumber = Number });
        await _server.CopiedAsync(answer.Provenance.CheckId);

        var shown = await ShowAsync(housing, answer.Provenance.CheckId);

        Assert.Equal((RecordedCall.Timeline, Number, null), (shown.Record.Call, shown.Record.PermitNumber, shown.Record.Answer));
        Assert.Equal((RepetitionOutcome.NotRepeatable, "NO_VERDICT"), (shown.Repetition.Outcome, shown.Repetition.Reason));
    }

    [Fact]
    public async Task GetCheck_Answered_LeavesARecordItself()
    {
        using var housing = _server.Connect("housing");
        var answer = await _server.RecordedAsync(housing, Calls.Check(Number));
        await ShowAsync(housing, answer.Provenance.CheckId);
        await _server.RecordedAsync(housing, Calls.Check(Number));

        var reads = (await _server.FindAsync(AuditCalls.Always(query => query.Consumer = "housing")))
            .Where(found => found.Record.Call == RecordedCall.CheckRead);

        Assert.Equal(
            (Number, $"check_id={answer.Provenance.CheckId}"), (Assert.Single(reads).Record.PermitNumber, Assert.Single(reads).Record.Note));
    }

    private static async Task<GetCheckResponse> ShowAsync(ChannelBase caller, string id) =>
        await new VerificationService.VerificationServiceClient(caller).GetCheckAsync(new() { CheckId = id });

    private static async Task<Google.Rpc.Status> ErrorOfAsync(ChannelBase caller, string id) =>
        (await Assert.ThrowsAsync<RpcException>(() => ShowAsync(caller, id))).GetRpcStatus()!;
}
