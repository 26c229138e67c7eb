using System.Text;
using Permits.Registry.V1;
using Verification.Server.Tests.Support;

namespace Verification.Server.Tests.Registration.Import;

/// <summary>Imports that are not the first: a register sent again, whole.</summary>
public sealed class RepeatedImportTests
{
    private const string Permit = "BJ2024000017";

    private static readonly string Issued = Line("issued", "2024-03-05", ",\"kind\":\"work_residence_permit\"");
    private static readonly string Reissued = Line("reissued", "2024-05-06");

    [Fact]
    public async Task ImportEvents_CorrectedFile_LoadsTheRepairedLineAlone()
    {
        await using var server = await TestServer.StartAsync();
        await server.ImportAsync("first", Lines(Issued, Reissued, Reissued, Line("cancelled", "2024-06-31")));

        var again = await server.ImportAsync("second", Lines(Issued, Reissued, Reissued, Line("cancelled", "2024-06-30")));

        Assert.Equal((4, 1, 4, string.Empty), again.Report());
        Assert.Equal(3, again[^1].AlreadyRecorded);
        Assert.Equal(4, (await server.Registry.GetPermitAsync(new() { PermitNumber = Permit })).Events.Count);
    }

    [Fact]
    public async Task ImportEvents_LinesOfAllSorts_AddUpToTheFile()
    {
        await using var server = await TestServer.StartAsync();
        await server.ImportAsync("first", Lines(Issued, Reissued));

        var whole = await server.ImportAsync("second", Lines(Issued, string.Empty, Reissued, "{}", Reissued, "\r", Issued));

        Assert.Equal((7, 1, 3, "4:MALFORMED_LINE 7:ALREADY_ISSUED"), whole.Report());
        Assert.Equal(2, whole[^1].AlreadyRecorded);
    }

    /// <summary>Whoever wrote it, and in whatever form: what the registry keeps is compared.</summary>
    [Fact]
    public async Task ImportEvents_LineInAnotherForm_IsRecordedAlready()
    {
        await using var server = await TestServer.StartAsync();
        await server.RecordAsync(Calls.Issued(Permit, "2024-03-05", holder: "11010519491231002X"));
        await server.RecordAsync(new PermitEvent
        {
            PermitNumber = Permit,
            On = Calls.Date(2024, 5, 6),
            EmploymentEnded = new EmploymentEnded(),
        });

        var whole = await server.ImportAsync("file", Lines(
            """{"kind":"work_residence_permit", "holder_id":"１１０１０５19491231002x","applied_on":"2024-03-05","on":"2024-03-05","event":"issued","permit":"bj-2024-000017"}""",
            Line("employment_ended", "2024-05-06", ",\"left_on\":\"2024-05-06\"")));

        Assert.Equal((2, 0, 0, string.Empty), whole.Report());
        Assert.Equal(2, whole[^1].AlreadyRecorded);
    }

    [Fact]
    public async Task ImportEvents_LineRejectedBefore_IsTriedAgain()
    {
        await using var server = await TestServer.StartAsync();
        var file = Lines(Reissued);
        Assert.Equal("1:NOT_ISSUED", (await server.ImportAsync("first", file)).Report().Rejects);
        await server.RecordAsync(Calls.Issued(Permit, "2024-03-05"));

        Assert.Equal((1, 1, 2, string.Empty), (await server.ImportAsync("second", file)).Report());
    }

    [Fact]
    public async Task ImportEvents_RepairInTheMiddle_IsOutOfOrderAndSaysWhatToDo()
    {
        await using var server = await TestServer.StartAsync();
        await server.ImportAsync("first", Lines(Issued, Line("inspected", "2024-04-31", ",\"channel\":\"online\""), Reissued));

        var whole = await server.ImportAsync("second", Lines(Issued, Line("inspected", "2024-04-30", ",\"channel\":\"online\""), Reissued));

        Assert.Equal((3, 0, 0, "2:OUT_OF_ORDER"), whole.Report());
        Assert.Equal(2, whole[^1].AlreadyRecorded);
        Assert.Contains("annulled", whole.SelectMany(message => message.Rejects).Single().Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ImportEvents_CompletedBefore_RepeatsTheReportAndSaysSo()
    {
        await using var server = await TestServer.StartAsync();
        var file = Lines(Issued, "{}", Reissued);
        await server.ImportAsync("other", Lines(Issued));
        var first = await server.ImportAsync("file", file);
        server.Clock.Advance(TimeSpan.FromSeconds(1));

        var again = await server.ImportAsync("file", file);

        Assert.Equal(first.Report(), again.Report());
        Assert.Equal((1, 1), (first[^1].AlreadyRecorded, again[^1].AlreadyRecorded));
        Assert.Equal((false, true), (first[^1].ReportRepeated, again[^1].ReportRepeated));
        Assert.Equal(TestServer.Now, again[^1].CompletedAt.ToDateTimeOffset());
        Assert.Equal(first[^1].CompletedAt, again[^1].CompletedAt);
    }

    /// <summary>Two lines that say the same, the service stopped between them: the second is still the second.</summary>
    [Fact]
    public async Task ImportEvents_ResumedBetweenLinesThatSayTheSame_LoadsBoth()
    {
        await using var server = await TestServer.StartAsync();
        string[] others = [.. Enumerable.Range(0, 2_500).Select(i => Issued.Replace(Permit, $"BJ3{i:D6}", StringComparison.Ordinal))];
        var file = Encoding.UTF8.GetBytes(Lines([Issued, Reissued, .. others, Reissued]));
        await server.ImportUntilAsync("file", file, file.Length - 10, 50_000);

        var whole = await server.ResumeAsync("file", [file]);

        Assert.Equal((2_503, 2_503, 2_503, string.Empty), whole.Report());
        Assert.Equal(0, whole[^1].AlreadyRecorded);
        Assert.Equal(3, (await server.Registry.GetPermitAsync(new() { PermitNumber = Permit })).Events.Count);
    }

    [Fact]
    public async Task ImportEvents_OlderFileResumedAfterTheNewer_LoadsNothingTwice()
    {
        await using var server = await TestServer.StartAsync();
        string[] older = [.. Enumerable.Range(0, 3_000).Select(i => Issued.Replace(Permit, $"BJ3{i:D6}", StringComparison.Ordinal)), Issued, Reissued, Reissued];
        var file = Encoding.UTF8.GetBytes(Lines(older));
        await server.ImportUntilAsync("older", file, file.Length - 10, 50_000);

        // The call that was hung up may still store its batch: the two are on one registry at once.
        await server.ImportAsync("newer", Lines([.. older, Line("cancelled", "2024-06-30")]));
        var resumed = await server.ResumeAsync("older", [file]);

        Assert.Equal((3_003, string.Empty), (resumed.Report().Lines, resumed.Report().Rejects));
        Assert.Equal(3_003, resumed[^1].EventsLoaded + resumed[^1].AlreadyRecorded);
        Assert.Equal(3_004, await server.RevisionAsync());
    }

    [Fact]
    public async Task ImportEvents_FieldsThatNoEventHas_AreToldInTheLastMessage()
    {
        await using var server = await TestServer.StartAsync();
        var file = Lines(
            Line("issued", "2024-03-05", ",\"kind\":\"work_residence_permit\",\"holderId\":\"110105199003072338\""),
            Line("reissued", "2024-03-06", ",\"remark\":1,\"employer\":\"of another event\""),
            Line("reissued", "2024-03-07", ",\"remark\":2"));

        var first = await server.ImportAsync("file", file);
        var again = await server.ImportAsync("file", file);

        Assert.All([first, again], messages =>
        {
            Assert.Equal((3, 3, 3, string.Empty), messages.Report());
            Assert.Equal(
                [("holderId", 1L, 1L), ("remark", 2L, 2L)],
                messages[^1].UnknownFields.Select(field => (field.Name, field.Lines, field.FirstLine)));
            Assert.All(messages.SkipLast(1), message => Assert.Empty(message.UnknownFields));
        });
    }

    private static string Line(string name, string on, string fields = "") =>
        $$"""{"permit":"{{Permit}}","event":"{{name}}","on":"{{on}}"{{fields}}}""";

    private static string Lines(params string[] lines) => string.Concat(lines.Select(line => line + "\n"));
}
