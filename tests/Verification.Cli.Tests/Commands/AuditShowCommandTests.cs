using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Permits.Audit.V1;
using Verification.Cli.Shell;
using Verification.Cli.Tests.Support;
using Verification.FakeService;

namespace Verification.Cli.Tests.Commands;

public sealed class AuditShowCommandTests
{
    private static readonly string[] March = ["--consumer", "vehicle", "--from", "2026-03-01", "--to", "2026-03-31"];

    [Fact]
    public async Task Show_ByCheckId_PrintsAllThatTheRecordHolds()
    {
        await using var cli = await CommandLine.StartAsync();
        cli.Script.Records = _ => AuditSamples.Stream(1, AuditSamples.Check());

        var result = await cli.RunAsync("audit", "show", "--check-id", AuditSamples.CheckId);

        Assert.Equal((ExitCode.Answered, ""), (result.ExitCode, result.Error));
        Assert.Equal(
            [
                $"Check        {AuditSamples.CheckId}",
                "Time         2026-05-04 00:30:00 +08:00",
                "Call         check",
                "Consumer     housing-chaoyang (housing_registry)",
                "Permit       BJ2024000017",
                "As of        2026-05-04",
                "Through      2026-06-04",
                "Role         spouse",
                "Identity     PASSPORT 护照, digest 00112233445566778899aabbccddeeff",
                "Card shown   edition 2",
                "Asked for    HOME_PURCHASE 购房",
                "Reference    C-2026/118",
                "Status       FROZEN 冻结",
                "Reasons      INSPECTION_MISSED 冻结: the annual inspection was missed",
                "Throughout   no: 2026-05-04 is the first day not valid, FROZEN 冻结",
                "Subject      MATCHED: the identity number is on the permit in that role",
                "Card         SUPERSEDED 补办: a later edition was issued; this card should be withdrawn",
                "",
                "Entitlement          Decision        Basis",
                "HOME_PURCHASE 购房   NOT_CONFERRED   PERMIT_STATUS",
                "",
                $"Revision 5312 · data as of 2026-05-04 00:29:59 +08:00 · rulebook 2026.1 · check {AuditSamples.CheckId}",
                $"Log {AuditSamples.LogId} · block 7 · record 3",
                "",
            ],
            result.Lines);
    }

    [Fact]
    public async Task Show_ManyRecords_IsALineEach()
    {
        await using var cli = await CommandLine.StartAsync();
        cli.Script.Records = _ => AuditSamples.Stream(1, AuditSamples.Check(), AuditSamples.Refusals());

        var result = await cli.RunAsync(["audit", "show", .. March]);

        Assert.Equal(ExitCode.Answered, result.ExitCode);
        Assert.Equal(
            [
                "Time                         Consumer           Call    Permit         Told                                   Check",
                $"2026-05-04 00:30:00 +08:00   housing-chaoyang   check   BJ2024000017   FROZEN, INSPECTION_MISSED              {AuditSamples.CheckId}",
                "2026-05-04 00:30:01 +08:00   vehicle            check                  refused: RATE_EXCEEDED (1,200 calls)   019cf1c0a0f97abc8def0123456789ab",
                "",
            ],
            result.Lines);
    }

    [Fact]
    public async Task Show_Query_IsWhatTheOptionsSay()
    {
        await using var cli = await CommandLine.StartAsync();
        RecordQuery? sent = null;
        cli.Script.Records = request =>
        {
            sent = request.Query;
            return [];
        };

        var result = await cli.RunAsync(
            "audit", "show", "--permit", "BJ2024000017", "--reference", "C-1", "--from", "2026-03-01", "--to", "2026-03-31T12:00:00+08:00");

        Assert.Equal(
            new RecordQuery
            {
                PermitNumber = "BJ2024000017",
                Reference = "C-1",
                From = Timestamp.FromDateTimeOffset(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.FromHours(8))),
                To = Timestamp.FromDateTimeOffset(new DateTimeOffset(2026, 3, 31, 12, 0, 0, TimeSpan.FromHours(8))),
            },
            sent);
        Assert.Equal((ExitCode.Answered, ""), (result.ExitCode, result.Output));
        Assert.Equal("note: no record fits; what was answered in the last seconds may not be there yet\n", result.Error);
    }

    /// <summary>Both days of an interval belong to it.</summary>
    [Fact]
    public async Task Show_Days_AreOfBeijingAndWhole()
    {
        await using var cli = await CommandLine.StartAsync();
        RecordQuery? sent = null;
        cli.Script.Records = request =>
        {
            sent = request.Query;
            return [];
        };

        await cli.RunAsync(["audit", "show", .. March]);

        Assert.Equal(
            (new DateTime(2026, 2, 28, 16, 0, 0), new DateTime(2026, 3, 31, 16, 0, 0)), (sent!.From.ToDateTime(), sent.To.ToDateTime()));
    }

    [Fact]
    public async Task Show_Json_IsOneObjectOfAllRecords()
    {
        await using var cli = await CommandLine.StartAsync();
        cli.Script.Records = _ => AuditSamples.Stream(2, [.. Enumerable.Repeat(AuditSamples.Check(), 150)]);

        var result = await cli.RunAsync(["audit", "show", .. March, "--json"]);

        var records = result.Json.GetProperty("records");
        Assert.Equal(150, records.GetArrayLength());
        Assert.Equal("FROZEN", records[0].GetProperty("record").GetProperty("answer").GetProperty("status").GetString()!["PERMIT_STATUS_".Length..]);
        Assert.Empty(result.Error);
    }

    [Fact]
    public async Task Show_NothingAsJsonOrCsv_IsAnEmptyListAndTheColumnsAlone()
    {
        await using var cli = await CommandLine.StartAsync();
        cli.Script.Records = _ => [];

        Assert.Equal("{\"records\":[]}\n", (await cli.RunAsync(["audit", "show", .. March, "--json"])).Output);
        Assert.StartsWith("instant,check_id,call,", Assert.Single((await cli.RunAsync(["audit", "show", .. March, "--csv"])).Output.Split("\r\n")[..^1]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_Csv_HasAValueForEveryColumn()
    {
        await using var cli = await CommandLine.StartAsync();
        cli.Script.Records = _ => AuditSamples.Stream(2, AuditSamples.Check(), AuditSamples.Refusals());

        var lines = (await cli.RunAsync(["audit", "show", .. March, "--csv"])).Output.Split("\r\n");

        Assert.Equal(
            $"2026-05-03T16:30:00.000000Z,{AuditSamples.CheckId},CHECK,housing-chaoyang,HOUSING_REGISTRY,BJ2024000017,2026-05-04,2026-06-04,,SPOUSE,"
            + "PASSPORT,00112233445566778899aabbccddeeff,2,FROZEN,INSPECTION_MISSED,MATCHED,SUPERSEDED,HOME_PURCHASE:NOT_CONFERRED:PERMIT_STATUS,"
            + $"2026-05-04,FROZEN,5312,2026-05-03T16:29:59.250000Z,2026.1,,,C-2026/118,,{AuditSamples.LogId},7,3",
            lines[1]);
        Assert.Single(lines[..^1].Select(line => line.Count(character => character == ',')).Distinct());
    }

    /// <summary>A third party chooses its references; a spreadsheet of the authority's must not run them.</summary>
    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say\"so\"", "\"say\"\"so\"\"\"")]
    public async Task Show_CsvWithTextOfOthers_IsTextOfOneCell(string reference, string cell)
    {
        await using var cli = await CommandLine.StartAsync();
        cli.Script.Records = _ => AuditSamples.Stream(1, AuditSamples.Check(reference: reference));

        var result = await cli.RunAsync(["audit", "show", .. March, "--csv"]);

        Assert.Contains($",{cell},,{AuditSamples.LogId},7,3\r\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_MoreThanTheLimit_SaysSo()
    {
        await using var cli = await CommandLine.StartAsync();
        cli.Script.Records = _ => AuditSamples.Stream(2, [.. Enumerable.Repeat(AuditSamples.Check(), 5)]);

        var cut = await cli.RunAsync(["audit", "show", .. March, "--limit", "3"]);
        var all = await cli.RunAsync(["audit", "show", .. March, "--limit", "5"]);

        Assert.Equal((3, 5), (cut.Lines.Length - 2, all.Lines.Length - 2));
        Assert.Equal("note: there are more; --limit shows more, --csv and --json all of them\n", cut.Error);
        Assert.Empty(all.Error);
    }

    [Theory]
    [InlineData("name --check-id or --permit, or else both --from and --to", "--consumer", "vehicle")]
    [InlineData("name --check-id or --permit, or else both --from and --to", "--consumer", "vehicle", "--from", "2026-03-01")]
    [InlineData("name --check-id or --permit, or else both --from and --to")]
    [InlineData("--from must be a day in Beijing, as YYYY-MM-DD, or an instant, as YYYY-MM-DDThh:mm:ss+08:00", "--permit", "BJ2024000017", "--from", "2026-02-29")]
    [InlineData("--to must be a day in Beijing, as YYYY-MM-DD, or an instant, as YYYY-MM-DDThh:mm:ss+08:00", "--permit", "BJ2024000017", "--to", "2026-03-01T12:00:00")]
    [InlineData("--limit must be a whole number from 1", "--permit", "BJ2024000017", "--limit", "0")]
    public async Task Show_BadOptions_SaysWhatIsWrong(string message, params string[] options)
    {
        await using var cli = await CommandLine.StartAsync();

        var result = await cli.RunAsync(["audit", "show", .. options]);

        Assert.Equal((ExitCode.BadInput, "", $"error: {message}\n"), (result.ExitCode, result.Output, result.Error));
    }

    [Fact]
    public async Task Show_CsvAndJson_ExcludeEachOther()
    {
        await using var cli = await CommandLine.StartAsync();

        var result = await cli.RunAsync("audit", "show", "--permit", "BJ2024000017", "--csv", "--json");

        Assert.Equal((ExitCode.BadInput, "", "{\"error\":{\"message\":\"--csv and --json exclude each other\"}}\n"), (result.ExitCode, result.Output, result.Error));
    }

    [Fact]
    public async Task Show_DatabaseAway_CouldNotTell()
    {
        await using var cli = await CommandLine.StartAsync();
        cli.Script.Records = _ => throw Faults.Create(StatusCode.Unavailable, "AUDIT_BEHIND", "The audit database cannot be reached.");

        var result = await cli.RunAsync("audit", "show", "--permit", "BJ2024000017");

        Assert.Equal(
            (ExitCode.CouldNotTell, "error: The audit database cannot be reached. (AUDIT_BEHIND)\n"), (result.ExitCode, result.Error));
    }
}
