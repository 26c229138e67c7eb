using Permits.Registry.V1;
using Verification.Cli.Shell;
using Verification.Cli.Tests.Support;

namespace Verification.Cli.Tests.Commands;

public sealed class HistoryCommandTests
{
    [Fact]
    public async Task History_KnownPermit_ListsEvents()
    {
        await using var cli = await CommandLine.StartAsync();
        cli.Script.Permit = _ => Samples.History();

        var result = await cli.RunAsync("history", "BJ2024000017");

        Assert.Equal(ExitCode.Answered, result.ExitCode);
        Assert.Contains("Permit   BJ2024000017", result.Lines);
        Assert.Contains(result.Lines, line => line.StartsWith("11         2024-03-05   issued 发证: WORK_RESIDENCE_PERMIT 北京市工作居住证, 中关村软件有限公司, applied on 2024-01-20, holder on file", StringComparison.Ordinal));
        Assert.Contains(result.Lines, line => line.StartsWith("907        2024-04-11   inspected 年检: online", StringComparison.Ordinal));
        Assert.Contains(result.Lines, line => line.StartsWith("5200       2024-06-02   dependant_added 随往人员: child", StringComparison.Ordinal));
        Assert.All(result.Lines.Where(line => line.Contains("2024-", StringComparison.Ordinal)), line => Assert.EndsWith("2026-05-04 00:30:00 +08:00 by demo-authority", line, StringComparison.Ordinal));
        Assert.Contains("Revision 5312", result.Lines);
    }

    [Fact]
    public async Task History_UnknownNumber_SaysSo()
    {
        await using var cli = await CommandLine.StartAsync();
        cli.Script.Permit = request => new GetPermitResponse { PermitNumber = request.PermitNumber, Revision = 7 };

        var result = await cli.RunAsync("history", "BJ9999999999");

        Assert.Equal(ExitCode.Answered, result.ExitCode);
        Assert.Contains("Events   none: the registry knows no permit with this number", result.Lines);
    }

    [Fact]
    public async Task History_JsonAtRevision_PrintsOneObject()
    {
        await using var cli = await CommandLine.StartAsync();
        GetPermitRequest? sent = null;
        cli.Script.Permit = request =>
        {
            sent = request;
            return Samples.History();
        };

        var result = await cli.RunAsync("history", "BJ2024000017", "--at-revision", "0", "--json");

        Assert.Equal(new GetPermitRequest { PermitNumber = "BJ2024000017", Revision = 0 }, sent);
        Assert.Equal("demo-authority", result.Json.GetProperty("events")[0].GetProperty("recorded_by").GetString());
    }

    [Fact]
    public async Task History_ControlCharactersInText_DoNotReachTheTerminal()
    {
        await using var cli = await CommandLine.StartAsync();
        cli.Script.Permit = _ =>
        {
            var history = Samples.History();
            history.Events[0].Event.Issued.Employer = "evil\u001b[2J\nname";
            return history;
        };

        var result = await cli.RunAsync("history", "BJ2024000017");

        Assert.Contains("evil [2J name", result.Output, StringComparison.Ordinal);
    }
}
