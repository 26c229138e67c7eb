using Permits.Registry.V1;
using Permits.Verification.V1;
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
        Assert.Contains(result.Lines, line => line.StartsWith("    1   11         2024-03-05   issued 发证: WORK_RESIDENCE_PERMIT 北京市工作居住证, 中关村软件有限公司, applied on 2024-01-20, holder on file", StringComparison.Ordinal));
        Assert.Contains(result.Lines, line => line.StartsWith("    2   907        2024-04-11   inspected 年检: online", StringComparison.Ordinal));
        Assert.Contains(result.Lines, line => line.StartsWith("    3   5200       2024-06-02   dependant_added: child, PASSPORT 护照", StringComparison.Ordinal));
        Assert.All(result.Lines.Where(line => line.Contains("2024-", StringComparison.Ordinal)), line => Assert.EndsWith("2026-05-04 00:30:00 +08:00 by demo-authority", line, StringComparison.Ordinal));
        Assert.Contains("Revision 5312", result.Lines);
    }

    [Fact]
    public async Task History_AnnulledEvent_SaysByWhichPlaceAndRevision()
    {
        await using var cli = await CommandLine.StartAsync();
        cli.Script.Permit = _ => Samples.CorrectedHistory();

        var text = await cli.RunAsync("history", "BJ2024000017");
        var json = await cli.RunAsync("history", "BJ2024000017", "--json");

        Assert.Contains(text.Lines, line => line.StartsWith("    2   907        2024-04-11   inspected 年检: online [annulled by 4 at revision 5310]", StringComparison.Ordinal));
        Assert.Contains(text.Lines, line => line.StartsWith("    4   5310       2024-06-03   annulled 更正: target 2, 另一人的年检", StringComparison.Ordinal));
        Assert.Single(text.Lines, line => line.Contains("[annulled", StringComparison.Ordinal));
        var inspected = json.Json.GetProperty("events")[1];
        Assert.Equal(
            (2, 4, "5310"),
            (inspected.GetProperty("place").GetInt32(), inspected.GetProperty("annulled_by_place").GetInt32(), inspected.GetProperty("annulled_at_revision").GetString()));
        Assert.Equal(0, json.Json.GetProperty("events")[0].GetProperty("annulled_by_place").GetInt32());
    }

    [Theory]
    [InlineData(IdentityDocument.Unspecified, "holder on file")]
    [InlineData(IdentityDocument.ResidentIdentityCard, "holder on file, RESIDENT_IDENTITY_CARD 居民身份证")]
    [InlineData(IdentityDocument.Passport, "holder on file, PASSPORT 护照")]
    [InlineData(IdentityDocument.HongKongMacaoPermit, "holder on file, HONG_KONG_MACAO_PERMIT 港澳居民来往内地通行证")]
    [InlineData(IdentityDocument.TaiwanPermit, "holder on file, TAIWAN_PERMIT 台湾居民来往大陆通行证")]
    [InlineData(IdentityDocument.ForeignPermanentResidentCard, "holder on file, FOREIGN_PERMANENT_RESIDENT_CARD 外国人永久居留身份证")]
    public async Task History_HoldersDocument_IsNamed(IdentityDocument document, string shown)
    {
        await using var cli = await CommandLine.StartAsync();
        cli.Script.Permit = _ =>
        {
            var history = Samples.History();
            history.Events[0].Event.Issued.HolderDocument = document;
            return history;
        };

        var result = await cli.RunAsync("history", "BJ2024000017");

        Assert.Contains($"applied on 2024-01-20, {shown}   ", result.Lines[3], StringComparison.Ordinal);
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
