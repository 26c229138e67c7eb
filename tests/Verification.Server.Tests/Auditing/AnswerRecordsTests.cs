using Permits.Verification.V1;
using Verification.Audit.Records;
using Verification.Core.Permits;
using Verification.Server.Tests.Checks;
using Verification.Server.Tests.Support;
using Contract = Permits.Verification.V1;

namespace Verification.Server.Tests.Auditing;

/// <summary>Every answer leaves a record that says what was asked and what was told.</summary>
public sealed class AnswerRecordsTests
{
    private const string Number = "BJ2024000017";
    private const string Holder = "110105199003072338";

    private static readonly IdentityDigester Digester = new(Convert.FromBase64String("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="));

    [Theory]
    [InlineData("2026.1", "2026-11-24T15:59:00Z")]
    [InlineData("2026.2", "2026-11-24T16:01:00Z")]
    public async Task Check_CasesOfThePolicy_AreRecordedAsTheyWereAnswered(string version, string now)
    {
        await using var server = await TestServer.StartAsync(now: DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture));
        await server.ImportAsync("cases", await CasesTests.EventsAsync(version));
        var checks = CasesTests.Checks(version).Take(700).ToArray();
        var expected = new List<string>();
        foreach (var check in checks[..200])
        {
            expected.Add(Describe(server, AuditCall.Check, check, await server.Permits.VerifyPermitAsync(check)));
        }

        var batch = (await server.Permits.BatchVerifyPermitsAsync(new() { Checks = { checks[200..] } })).Items;
        expected.AddRange(batch.Zip(checks[200..], (item, check) => Describe(server, AuditCall.BatchItem, check, item.Response)));

        var records = await server.RecordsAsync();

        Assert.Equal(expected, records.Select(Describe));
        Assert.All(records, record => Assert.Equal(server.Clock.GetUtcNow(), record.Instant));
        Assert.All(records, record => Assert.Null(record.Refusal));
    }

    [Fact]
    public async Task Check_EverythingThatItMayHave_IsRecorded()
    {
        await using var server = await TestServer.StartAsync();
        await server.RecordAsync(Calls.Issued(Number, "2025-05-01", holder: Holder));
        var check = new VerifyPermitRequest
        {
            PermitNumber = " bj-2024-000017 ",
            AsOf = Calls.Date("2026-03-01"),
            Through = Calls.Date("2028-09-01"),
            Subject = new Subject { IdentityNumber = Holder },
            CardEdition = 1,
            KnownAtRevision = 1,
            Entitlements = { Contract.Entitlement.SchoolEnrollment },
            Reference = "case-2026/17",
        };
        var answer = await server.Permits.VerifyPermitAsync(check);

        var record = Assert.Single(await server.RecordsAsync());

        Assert.Equal(Describe(server, AuditCall.Check, check, answer), Describe(record));
        Assert.Equal((1, 1L, "case-2026/17"), (record.CardEdition, record.KnownAt, record.Reference.ToString()));
        Assert.Equal("2026-05-01", $"{record.Answer!.Value.FirstNotValid?.On:yyyy-MM-dd}");
        Assert.Single(record.Decisions);
    }

    [Fact]
    public async Task Stream_ItemsOfAMessage_HaveItsIdentifierAndTheirPlace()
    {
        await using var server = await TestServer.StartAsync();
        var batch = new BatchVerifyPermitsRequest { Checks = { Calls.Check(Number), Calls.Check("BJ/2024/17"), Calls.Check(Number) } };
        var answers = new List<StreamVerifyPermitsResponse>();
        using (var call = server.Permits.StreamVerifyPermits())
        {
            for (var i = 0; i < 2; i++)
            {
                await call.RequestStream.WriteAsync(new() { Batch = batch });
                Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
                answers.Add(call.ResponseStream.Current);
            }

            await call.RequestStream.CompleteAsync();
            Assert.False(await call.ResponseStream.MoveNext(CancellationToken.None));
        }

        // A few answers are recorded together, and refusals between them behind them.
        var written = await server.RecordsAsync();
        var records = written.OrderBy(record => Array.FindIndex(written, first => first.CheckId.Message == record.CheckId.Message)).ThenBy(record => record.CheckId.Item).ToArray();

        var messages = records.Select(record => record.CheckId.Message).Distinct().ToArray();
        Assert.Equal(2, messages.Length);
        Assert.Equal(
            messages.SelectMany(message => Enumerable.Range(0, 3).Select(index => (AuditCall.StreamItem, $"{message:N}-{index}"))),
            records.Select(record => (record.Call, record.CheckId.ToString())));
        Assert.Equal(
            answers.SelectMany(answer => answer.Response.Items).Select(item => item.Response?.Provenance.CheckId),
            records.Select(record => record.Refusal is null ? record.CheckId.ToString() : null));
        Assert.Equal([null, "MALFORMED_PERMIT_NUMBER", null], records[..3].Select(record => record.Refusal?.Reason));
        Assert.Null(records[1].Number);
    }

    [Fact]
    public async Task OtherCalls_ThatTellOfAPermit_AreRecorded()
    {
        await using var server = await TestServer.StartAsync();
        await server.RecordAsync(Calls.Issued(Number, "2025-05-01", holder: Holder));
        var timeline = await server.Permits.GetTimelineAsync(new() { PermitNumber = Number, Subject = new() { IdentityNumber = Holder }, KnownAtRevision = 1 });
        await server.Registry.GetPermitAsync(new() { PermitNumber = Number, Revision = 1 });
        var procedures = await server.Registry.GetProceduresAsync(new() { PermitNumber = Number, AsOf = Calls.Date("2026-04-02") });
        await server.Permits.GetRulebookAsync(new());

        var records = await server.RecordsAsync();

        Assert.Equal([AuditCall.Timeline, AuditCall.PermitRead, AuditCall.Procedures], records.Select(record => record.Call));
        Assert.All(records, record => Assert.Equal((Number, "authority", 1L), ($"{record.Number}", record.Consumer?.Name, record.Provenance?.Revision)));
        Assert.Equal(
            (timeline.Provenance.CheckId, procedures.Provenance.CheckId), (records[0].CheckId.ToString(), records[2].CheckId.ToString()));
        Assert.True(IsOf(records[0].Identity, SubjectRoleOf(default), Holder));
        Assert.Equal([1L, 1L, null], records.Select(record => record.KnownAt));
        Assert.Equal("2026-04-02", $"{records[2].AsOf:yyyy-MM-dd}");
    }

    /// <summary>What is recorded, but for the identity, which <see cref="IsOf"/> looks at.</summary>
    private static string Describe(AuditRecord record)
    {
        var answer = record.Answer!.Value;
        var provenance = record.Provenance!.Value;
        return string.Join(
            ' ',
            [
                record.Call, record.CheckId, record.Consumer, record.Number, $"{record.AsOf:O}", $"{record.Through:O}", record.Role, record.Identity?.Document,
                $"{record.Identity?.Digest:x32}", (int)answer.Standing.Status, (int)answer.Standing.Reasons, (int)answer.SubjectMatch, (int)answer.CardMatch,
                $"{answer.FirstNotValid?.On:O}", provenance.Revision, $"{provenance.DataAsOf.UtcDateTime:O}", provenance.RulebookVersion,
                .. record.Entitlements.Zip(record.Decisions, (asked, told) => $"{(int)asked}:{(int)told.Entitlement}={(int)told.Decision}/{(int)told.Basis}"),
            ]);
    }

    /// <summary>What must be recorded of a check of the authority's.</summary>
    private static string Describe(TestServer server, AuditCall call, VerifyPermitRequest asked, VerifyPermitResponse told)
    {
        var (verdict, provenance) = (told.Verdict, told.Provenance);
        var role = SubjectRoleOf(asked.Subject);
        var identity = DigestOf(verdict.PermitNumber, role, asked.Subject);
        return string.Join(
            ' ',
            [
                call, provenance.CheckId, new AuditConsumer("authority", Core.Rules.Codes.ConsumerClass.IssuingAuthority), verdict.PermitNumber,
                Text(verdict.AsOf), Text(asked.Through), role, identity is null ? null : DocumentOf(asked.Subject), $"{identity?.First128Bits:x32}",
                (int)verdict.Status, verdict.Reasons.Sum(reason => 1 << ((int)reason - 1)), (int)verdict.SubjectMatch, (int)verdict.CardMatch,
                Text(verdict.Throughout?.FirstNotValidOn), provenance.Revision, $"{provenance.DataAsOf.ToDateTime():O}", provenance.RulebookVersion,
                .. verdict.Entitlements.Select(decision => $"{(int)decision.Entitlement}:{(int)decision.Entitlement}={(int)decision.Decision}/{(int)decision.Basis}"),
            ]);
    }

    private static bool IsOf(AuditIdentity? recorded, Core.Permits.SubjectRole role, string number) =>
        ResidentIdentityNumber.TryParse(number, out var holder) && recorded?.IsOf(Digester.Digest(PermitNumber.Parse(Number), role, holder)) == true;

    private static IdentityDigest? DigestOf(string permit, Core.Permits.SubjectRole role, Subject? subject) =>
        subject?.IdentityNumber is { Length: > 0 } text && IdentityNumber.TryParse(DocumentOf(subject), text, out var number)
            ? Digester.Digest(PermitNumber.Parse(permit), role, number)
            : null;

    private static Core.Permits.IdentityDocument DocumentOf(Subject subject) =>
        subject.Document == default ? Core.Permits.IdentityDocument.ResidentIdentityCard : (Core.Permits.IdentityDocument)subject.Document;

    private static Core.Permits.SubjectRole SubjectRoleOf(Subject? subject) =>
        subject is null or { Role: Contract.SubjectRole.Unspecified } ? Core.Permits.SubjectRole.Holder : (Core.Permits.SubjectRole)subject.Role;

    private static string Text(Google.Type.Date? date) => date is null ? string.Empty : $"{new DateOnly(date.Year, date.Month, date.Day):O}";
}
