using Grpc.Core;
using Permits.Verification.V1;
using Verification.Cli.Shell;
using Verification.Cli.Tests.Support;
using Verification.FakeService;

namespace Verification.Cli.Tests.Commands;

public sealed class VerifyCommandTests
{
    [Fact]
    public async Task Verify_FrozenPermit_SaysStatusReasonDatesAndRemedy()
    {
        await using var cli = await CommandLine.StartAsync();
        var versions = new List<string>();
        cli.Script.Verify = _ => Samples.Frozen();
        cli.Script.Rulebook = request =>
        {
            versions.Add(request.Version);
            return Samples.Rulebook();
        };

        var result = await cli.RunAsync("verify", "BJ2024000017");

        Assert.Equal(ExitCode.Answered, result.ExitCode);
        Assert.Equal("", result.Error);
        Assert.Equal(
            """
            Permit    BJ2024000017
            Kind      WORK_RESIDENCE_PERMIT 北京市工作居住证
            Status    FROZEN 冻结
            Reasons   INSPECTION_MISSED 冻结: the annual inspection was missed
            As of     2026-05-04
            Since     2026-05-01
            Until     2027-03-05, if nothing further is recorded
            Issued    2024-03-05
            Expires   2027-03-05 (the first day no longer covered)

            Entitlement                                           Decision        Basis
            HOME_PURCHASE 购房                                    NOT_CONFERRED   PERMIT_STATUS
            OWNER_OCCUPIED_HOUSING_LOTTERY 自住型商品房优先家庭   NOT_CONFERRED   PERMIT_STATUS

            PERMIT_STATUS   the permit is not valid on the date

            What can be done    Who acts   What
            INSPECTION_MISSED   employer   written application at the district bureau's window [A §3.5, §5]
                                聘用单位   持营业执照到区县人力社保局窗口提交书面申请

            Revision 5312 · data as of 2026-05-04 00:30:00 +08:00 · rulebook 2026.1 · check 01JTC0FFEE

            """.Split('\n'),
            result.Lines);
        Assert.Equal("2026.1", Assert.Single(versions));
    }

    [Fact]
    public async Task Verify_ValidPermit_ExplainsEachDecision()
    {
        await using var cli = await CommandLine.StartAsync();
        cli.Script.Verify = _ => Samples.Valid();

        var result = await cli.RunAsync("verify", "BJ2024000017");

        Assert.Equal(ExitCode.Answered, result.ExitCode);
        Assert.Contains("Status     VALID 有效", result.Lines);
        Assert.Contains("Until      for good, if nothing further is recorded", result.Lines);
        Assert.Contains("Identity   MATCHED: the identity number is on the permit in that role", result.Lines);
        Assert.Contains("Card       SUPERSEDED 补办: a later edition was issued; this card should be withdrawn", result.Lines);
        Assert.Contains("HOME_PURCHASE 购房                CONFERRED       CITIZEN_TREATMENT", result.Lines);
        Assert.Contains("AFFORDABLE_HOUSING 经济适用住房   CONDITIONAL     FURTHER_RULES", result.Lines);
        Assert.Contains("UNIVERSITY_ENTRANCE_EXAM 高考     NOT_CONFERRED   NO_PERMIT_CONFERS", result.Lines);
        Assert.Contains("CITIZEN_TREATMENT 市民待遇   treated as a citizen of the city", result.Lines);
        Assert.Contains("FURTHER_RULES 按有关规定     further rules apply", result.Lines);
    }

    [Fact]
    public async Task Verify_UnknownNumber_SaysSoAndIsAnAnswer()
    {
        await using var cli = await CommandLine.StartAsync();
        cli.Script.Verify = request => Samples.NotFound(request.PermitNumber);

        var result = await cli.RunAsync("verify", "BJ9999999999");

        Assert.Equal(ExitCode.Answered, result.ExitCode);
        Assert.Contains("Status   NOT_FOUND: the registry knows no permit with this number", result.Lines);
        Assert.DoesNotContain("Entitlement", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_Json_PrintsOneObjectWithContractNames()
    {
        await using var cli = await CommandLine.StartAsync();
        cli.Script.Verify = _ => Samples.Frozen();

        var result = await cli.RunAsync("verify", "BJ2024000017", "--json");

        Assert.Equal(ExitCode.Answered, result.ExitCode);
        var verdict = result.Json.GetProperty("verdict");
        Assert.Equal("PERMIT_STATUS_FROZEN", verdict.GetProperty("status").GetString());
        Assert.Equal("2027-03-05", verdict.GetProperty("status_until").GetString());
        Assert.Equal("2026.1", result.Json.GetProperty("provenance").GetProperty("rulebook_version").GetString());
    }

    [Fact]
    public async Task Verify_AllOptions_ReachTheService()
    {
        await using var cli = await CommandLine.StartAsync();
        VerifyPermitRequest? sent = null;
        cli.Script.Verify = request =>
        {
            sent = request;
            return Samples.Valid();
        };

        await cli.RunAsync(
            "verify", "bj-2024", "--as-of", "2024-02-29", "--known-at", "17", "--rulebook", "2026.1", "--role", "Child", "--id", Samples.IdentityNumber, "--edition", "2",
            "--through", "2024-09-01", "--document", "Passport", "--reference", "L-2024/17", "--entitlement", "home_purchase", "VEHICLE_LOTTERY", "--entitlement", "School_Enrollment");

        var expected = new VerifyPermitRequest
        {
            PermitNumber = "bj-2024",
            AsOf = Samples.Day(2024, 2, 29),
            KnownAtRevision = 17,
            RulebookVersion = "2026.1",
            CardEdition = 2,
            Through = Samples.Day(2024, 9, 1),
            Reference = "L-2024/17",
            Subject = new Subject { Role = SubjectRole.Child, IdentityNumber = Samples.IdentityNumber, Document = IdentityDocument.Passport },
            Entitlements = { Entitlement.HomePurchase, Entitlement.VehicleLottery, Entitlement.SchoolEnrollment },
        };
        Assert.Equal(expected, sent);
    }

    [Fact]
    public async Task Verify_NumberAlone_LeavesDefaultsToTheService()
    {
        await using var cli = await CommandLine.StartAsync();
        VerifyPermitRequest? sent = null;
        cli.Script.Verify = request =>
        {
            sent = request;
            return Samples.Valid();
        };

        await cli.RunAsync("verify", "BJ2024000017");

        Assert.Equal(new VerifyPermitRequest { PermitNumber = "BJ2024000017" }, sent);
    }

    [Fact]
    public async Task Verify_ValidThroughout_SaysSo()
    {
        await using var cli = await CommandLine.StartAsync();
        cli.Script.Verify = _ => Samples.Throughout(new() { Through = Samples.Day(2026, 9, 1), Valid = true });

        var result = await cli.RunAsync("verify", "BJ2024000017", "--through", "2026-09-01");

        Assert.Equal("", result.Error);
        Assert.Contains("Valid until   2027-03-05 (the first day no longer valid), if nothing further is recorded", result.Lines);
        Assert.Contains("Throughout    yes (asked: every day from 2026-05-04 through 2026-09-01)", result.Lines);
    }

    [Fact]
    public async Task Verify_NotValidThroughout_SaysFromWhenAndWhy()
    {
        await using var cli = await CommandLine.StartAsync();
        cli.Script.Verify = _ => Samples.Throughout(
            new() { Through = Samples.Day(2027, 9, 1), FirstNotValidOn = Samples.Day(2027, 3, 5), Status = PermitStatus.Expired });

        var result = await cli.RunAsync("verify", "BJ2024000017", "--through", "2027-09-01");

        Assert.Contains(
            "Throughout    no: 2027-03-05 is the first day not valid, EXPIRED 过期 (asked: every day from 2026-05-04 through 2027-09-01)", result.Lines);
        Assert.Contains("HOME_PURCHASE 购房   NOT_CONFERRED   PERMIT_STATUS", result.Lines);
        Assert.Contains("PERMIT_STATUS   the permit is not valid on every day asked about", result.Lines);
    }

    [Fact]
    public async Task Verify_ThroughAskedOfAnOldService_WarnsThatItIsNotAnswered()
    {
        await using var cli = await CommandLine.StartAsync();
        cli.Script.Verify = _ => Samples.Valid();

        var result = await cli.RunAsync("verify", "BJ2024000017", "--through", "2027-09-01");

        Assert.Equal(ExitCode.Answered, result.ExitCode);
        Assert.Equal("warning: the service is too old for --through: the answer is for its date alone\n", result.Error);
    }

    [Fact]
    public async Task Verify_RegisteredEmployer_IsInTheAuthoritiesTerms()
    {
        await using var cli = await CommandLine.StartAsync();
        cli.Script.Verify = _ =>
        {
            var answer = Samples.Valid();
            answer.Verdict.Kind = PermitKind.EmployerRegistration;
            answer.Verdict.Entitlements.Add(
                new EntitlementDecision { Entitlement = Entitlement.EmployerFiling, Decision = Decision.Conferred, Basis = Basis.RegisteredEmployer });
            return answer;
        };

        var result = await cli.RunAsync("verify", "91110108551385082Q");

        Assert.Contains("Kind       EMPLOYER_REGISTRATION 申报单位注册", result.Lines);
        Assert.Contains("EMPLOYER_FILING 单位申报          CONFERRED       REGISTERED_EMPLOYER", result.Lines);
        Assert.Contains("REGISTERED_EMPLOYER          the employer is registered with the bureau", result.Lines);
    }

    [Theory]
    [InlineData(StatusCode.NotFound)]
    [InlineData(StatusCode.Unavailable)]
    public async Task Verify_RulebookNotToBeHad_StillAnswers(StatusCode code)
    {
        await using var cli = await CommandLine.StartAsync();
        cli.Script.Verify = _ => Samples.Frozen();
        cli.Script.Rulebook = _ => throw Faults.Create(code, "X", "no rulebook");

        var result = await cli.RunAsync("verify", "BJ2024000017");

        Assert.Equal(ExitCode.Answered, result.ExitCode);
        Assert.Contains("Status    FROZEN 冻结", result.Lines);
        Assert.Equal("note: the rulebook could not be read, so what can be done is not shown\n", result.Error);
    }
}
