using Permits.Registry.V1;
using Permits.Verification.V1;
using Verification.Cli.Shell;
using Verification.Cli.Tests.Support;

namespace Verification.Cli.Tests.Commands;

public sealed class ProceduresCommandTests
{
    [Fact]
    public async Task Procedures_KnownPermit_SaysWhatIsOpenAndHowEachIsFiled()
    {
        await using var cli = await CommandLine.StartAsync();
        cli.Script.Procedures = _ => ProcedureSamples.Pending();

        var result = await cli.RunAsync("procedures", "BJ2024000017");

        Assert.Equal((ExitCode.Answered, ""), (result.ExitCode, result.Error));
        Assert.Equal(
            """
            Permit   BJ2024000017
            Kind     WORK_RESIDENCE_PERMIT 北京市工作居住证
            Status   VALID 有效
            As of    2026-04-11

            Procedure                Open
            RENEWAL 续签             no, opens 2027-02-05: Renewal is admissible from 2027-02-05.
            INSPECTION_ONLINE 年检   yes, until 2026-05-01
            DEFERRAL 个人延期注销    no: No employment has ended.
            REISSUE 补办             yes

            How to file              Who, where and with what papers
            RENEWAL 续签             employer 聘用单位; online, then the district bureau 网上申报，后到区局 [A §3.3]
                                     · business licence 营业执照
                                     · the permit 工作居住证
            INSPECTION_ONLINE 年检   employer 聘用单位; online 网上 [A §5.2]
                                     · none
            DEFERRAL 个人延期注销    holder 持证人; district bureau 区局 [A §3.4]
                                     · none
            REISSUE 补办             employer 聘用单位; online 网上 [A §1.5]
                                     · none

            Dates hold if nothing further is recorded. "Until" is the first day on which it is no longer open.
            Revision 5312 · data as of 2026-05-04 00:30:00 +08:00 · rulebook 2026.1 · check 01JTC0FFEE

            """.Split('\n'),
            result.Lines);
    }

    [Fact]
    public async Task Procedures_UnknownNumber_SaysSoAndDoesNotRepeatIt()
    {
        await using var cli = await CommandLine.StartAsync();
        cli.Script.Procedures = _ => ProcedureSamples.NotFound();

        var result = await cli.RunAsync("procedures", Samples.PassportNumber);

        Assert.Equal(ExitCode.Answered, result.ExitCode);
        Assert.Contains("Status   NOT_FOUND: the registry knows no permit with this number", result.Lines);
        Assert.Contains("ISSUE 申请办理   yes", result.Lines);
        Assert.DoesNotContain("5678", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Procedures_NoneOfTheKind_SaysSo()
    {
        await using var cli = await CommandLine.StartAsync();
        cli.Script.Procedures = _ => new() { Kind = PermitKind.TemporaryResidencePermit, Status = PermitStatus.Valid };

        var result = await cli.RunAsync("procedures", "ZZ2024000017");

        Assert.Contains("Procedures   none: the rulebook lists nothing that is filed for it", result.Lines);
        Assert.DoesNotContain("How to file", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Procedures_JsonAtRevision_PrintsOneObject()
    {
        await using var cli = await CommandLine.StartAsync();
        GetProceduresRequest? sent = null;
        cli.Script.Procedures = request =>
        {
            sent = request;
            return ProcedureSamples.Pending();
        };

        var result = await cli.RunAsync("procedures", "BJ2024000017", "--as-of", "2026-04-11", "--known-at", "0", "--json");

        Assert.Equal(new GetProceduresRequest { PermitNumber = "BJ2024000017", AsOf = Samples.Day(2026, 4, 11), KnownAtRevision = 0 }, sent);
        var renewal = result.Json.GetProperty("procedures")[0];
        Assert.False(renewal.GetProperty("open").GetBoolean());
        Assert.Equal("营业执照", renewal.GetProperty("procedure").GetProperty("materials")[0].GetProperty("text_zh").GetString());
    }
}
