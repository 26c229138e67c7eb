using System.Security.Cryptography;
using System.Text;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Permits.Registry.V1;
using Verification.Cli.Shell;
using Verification.Cli.Tests.Support;
using Verification.FakeService;

namespace Verification.Cli.Tests.Commands;

public sealed class ImportCommandTests : IDisposable
{
    private const string Lines = "{\"permit\":\"BJ2024000017\"}\n\nnot json\n{\"last\":\"line without end\"}";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("permitctl-tests-");

    [Fact]
    public async Task Import_File_SendsItUnderItsHashAndPrintsTotals()
    {
        await using var cli = await CommandLine.StartAsync();
        var received = Receive(cli, rejects: false);

        var result = await cli.RunAsync("import", FileOf(Lines));

        Assert.Equal(ExitCode.Answered, result.ExitCode);
        Assert.Equal("", result.Error);
        Assert.Equal(Lines, received.Text);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Lines))), received.ImportId);
        Assert.Equal(
            [
                "Lines read         14,000", "Loaded now         12,345", "Already recorded   1,600", "Rejected           0", "Empty, skipped     55",
                "Revision           777", "Time               0.0 s", "",
            ],
            result.Lines);
    }

    [Fact]
    public async Task Import_StandardInput_IsTheSameImportAsTheFile()
    {
        await using var cli = await CommandLine.StartAsync();
        var received = Receive(cli, rejects: false);
        cli.Input = Encoding.UTF8.GetBytes(Lines);

        var result = await cli.RunAsync("import", "-");

        Assert.Equal(ExitCode.Answered, result.ExitCode);
        Assert.Equal(Lines, received.Text);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(cli.Input)), received.ImportId);
    }

    [Fact]
    public async Task Import_WithRejects_ListsThemAndExits2()
    {
        await using var cli = await CommandLine.StartAsync();
        Receive(cli, rejects: true);
        var path = Path.Combine(_folder.FullName, "rejects.ndjson");
        await File.WriteAllTextAsync(path, "from an earlier run, and longer than what comes now " + new string('x', 1000), TestContext.Current.CancellationToken);

        var result = await cli.RunAsync("import", FileOf(Lines), "--rejects", path);

        Assert.Equal(ExitCode.Rejects, result.ExitCode);
        Assert.Equal(
            ["", "Rejected for     Lines", "MALFORMED_LINE       2", "NOT_ADMISSIBLE       1", ""],
            result.Lines[7..]);
        Assert.Equal(
            """
            {"line":3,"code":"MALFORMED_LINE","detail":"The line is no \"JSON\" object."}
            {"line":4,"code":"NOT_ADMISSIBLE","detail":"续签 is not open."}
            {"line":5,"code":"MALFORMED_LINE","detail":""}

            """u8.ToArray(),
            await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Import_Json_PrintsOneObject()
    {
        await using var cli = await CommandLine.StartAsync();
        Receive(cli, rejects: true);

        var result = await cli.RunAsync("import", FileOf(Lines), "--json");

        Assert.Equal(ExitCode.Rejects, result.ExitCode);
        Assert.Equal(
            """{"lines_read":"14000","events_loaded":"12345","rejects":"3","revision":"777","already_recorded":"1600","report_repeated":false,"unknown_fields":[],"already_annulled":"0","rejects_by_code":{"MALFORMED_LINE":"2","NOT_ADMISSIBLE":"1"}}"""
            + "\n",
            result.Output);
    }

    [Theory]
    [InlineData(true, "this file was imported on 2026-11-22 18:00:00 +08:00: its report")]
    [InlineData(false, "this file was imported before: its report")]
    public async Task Import_ReportRepeated_SaysWhenAndThatNothingWasTried(bool isKept, string note)
    {
        await using var cli = await CommandLine.StartAsync();
        Answer(cli, new ImportEventsResponse
        {
            LinesRead = 4,
            EventsLoaded = 4,
            ReportRepeated = true,
            CompletedAt = isKept ? Timestamp.FromDateTimeOffset(new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.Zero)) : null,
        });

        var result = await cli.RunAsync("import", FileOf(Lines));

        Assert.Equal(ExitCode.Answered, result.ExitCode);
        Assert.Equal($"note: {note} is repeated, and nothing was tried; --again tries every line anew\n", result.Error);
        Assert.Contains("Loaded then", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Loaded now", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_UnknownFields_WarnsOfEach()
    {
        await using var cli = await CommandLine.StartAsync();
        Answer(cli, new ImportEventsResponse
        {
            LinesRead = 4,
            EventsLoaded = 4,
            UnknownFields =
            {
                new UnknownField { Name = "holderId", Lines = 12_345, FirstLine = 17 },
                new UnknownField { Name = "\u001b[2J 110105199003072338", Lines = 1, FirstLine = 18 },
            },
        });

        var result = await cli.RunAsync("import", FileOf(Lines));

        Assert.Equal(ExitCode.Answered, result.ExitCode);
        Assert.StartsWith("warning: no event has a field 'holderId': ignored in 12,345 lines, the first of them line 17\n", result.Error, StringComparison.Ordinal);
        Assert.EndsWith("ignored in 1 line, the first of them line 18\n", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("1990", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_LinesOutOfOrder_SaysWhatToDo()
    {
        await using var cli = await CommandLine.StartAsync();
        Answer(cli, new ImportEventsResponse { LinesRead = 4, Rejects = { new Reject { Line = 4, Code = "OUT_OF_ORDER" } } });

        var result = await cli.RunAsync("import", FileOf(Lines));

        Assert.Equal(ExitCode.Rejects, result.ExitCode);
        Assert.StartsWith("note: OUT_OF_ORDER: ", result.Error, StringComparison.Ordinal);
        Assert.Contains("permitctl record NUMBER annulled", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("annulled", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_LinesAnnulledSince_TellsHowManyAndWhatToDo()
    {
        await using var cli = await CommandLine.StartAsync();
        Answer(cli, new ImportEventsResponse { LinesRead = 4, AlreadyRecorded = 4, AlreadyAnnulled = 2 });

        var text = await cli.RunAsync("import", FileOf(Lines));
        var json = await cli.RunAsync("import", FileOf(Lines), "--json");

        Assert.Equal(ExitCode.Answered, text.ExitCode);
        Assert.Contains("Of these annulled   2", text.Lines);
        Assert.StartsWith("note: annulled since they were recorded: 2 lines. ", text.Error, StringComparison.Ordinal);
        Assert.Contains("permitctl record", text.Error, StringComparison.Ordinal);
        Assert.Equal("2", json.Json.GetProperty("already_annulled").GetString());
    }

    [Fact]
    public async Task Import_Again_IsAnotherImportEveryTime()
    {
        await using var cli = await CommandLine.StartAsync();
        var ids = new List<string?>();
        for (var run = 0; run < 2; run++)
        {
            var received = Receive(cli, rejects: false);
            Assert.Equal(ExitCode.Answered, (await cli.RunAsync("import", FileOf(Lines), "--again")).ExitCode);
            ids.Add(received.ImportId);
            cli.Time.Advance(TimeSpan.FromMilliseconds(1));
        }

        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Lines)));
        Assert.All(ids, id => Assert.Matches($@"^{digest}-\d{{8}}T\d{{6}}\.\d{{7}}Z$", id));
        Assert.NotEqual(ids[0], ids[1]);
    }

    [Theory]
    [InlineData(2, "at line 2")]
    [InlineData(0, "before a line was confirmed")]
    public async Task Import_AgainBreaksOnTheWay_SaysThatItBeginsAnew(long lines, string where)
    {
        await using var cli = await CommandLine.StartAsync();
        cli.Script.Import = async (_, responses, _) =>
        {
            await responses.WriteAsync(new ImportEventsResponse { LinesRead = lines }, CancellationToken.None);
            throw Faults.Create(StatusCode.Unavailable, "SHUTTING_DOWN", "The service is stopping.");
        };

        var result = await cli.RunAsync("import", FileOf(Lines), "--again");

        Assert.StartsWith(
            $"note: the import stopped {where}; the same command begins anew, which doubles nothing\n", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_NoTerminal_ProgressIsPlainLines()
    {
        await using var cli = await CommandLine.StartAsync();
        cli.Script.Import = async (requests, responses, _) =>
        {
            await requests.ReadAllAsync(CancellationToken.None).CountAsync(CancellationToken.None);
            cli.Time.Advance(TimeSpan.FromSeconds(2));
            await responses.WriteAsync(new ImportEventsResponse { LinesRead = 4 }, CancellationToken.None);
        };

        var result = await cli.RunAsync("import", FileOf(Lines));

        Assert.Equal("4 of 4 lines, 0 rejected\n", result.Error);
    }

    [Fact]
    public async Task Import_BreaksOnTheWay_SaysThatItResumes()
    {
        await using var cli = await CommandLine.StartAsync();
        cli.Script.Import = async (_, responses, _) =>
        {
            await responses.WriteAsync(new ImportEventsResponse { LinesRead = 2 }, CancellationToken.None);
            throw Faults.Create(StatusCode.Unavailable, "SHUTTING_DOWN", "The service is stopping.");
        };

        var result = await cli.RunAsync("import", FileOf(Lines));

        Assert.Equal(ExitCode.CouldNotTell, result.ExitCode);
        Assert.Equal("", result.Output);
        Assert.Equal(
            "note: the import stopped at line 2; the same command resumes where it stopped\nerror: The service is stopping. (SHUTTING_DOWN)\n",
            result.Error);
    }

    [Fact]
    public async Task Import_ConnectionBreaks_SaysThatItResumes()
    {
        var cli = await CommandLine.StartAsync();
        var running = new TaskCompletionSource();
        cli.Script.Import = async (_, responses, cancellationToken) =>
        {
            await responses.WriteAsync(new ImportEventsResponse { LinesRead = 2 }, CancellationToken.None);
            running.SetResult();
            await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
        };

        var import = cli.RunAsync("import", FileOf(Lines));
        await running.Task;
        await cli.AbortAsync();
        var result = await import;

        Assert.Equal(ExitCode.CouldNotTell, result.ExitCode);
        Assert.Contains("resumes where it stopped\n", result.Error, StringComparison.Ordinal);
        await cli.DisposeAsync();
    }

    [Fact]
    public async Task Import_Interrupted_SaysThatItResumes()
    {
        await using var cli = await CommandLine.StartAsync();
        using var stop = new CancellationTokenSource();
        cli.Stop = stop.Token;
        cli.Script.Import = async (_, _, cancellationToken) =>
        {
            await stop.CancelAsync();
            await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
        };

        var result = await cli.RunAsync("import", FileOf(Lines));

        Assert.Equal(ExitCode.CouldNotTell, result.ExitCode);
        Assert.Equal("note: the import stopped before a line was confirmed; the same command starts it or resumes where it stopped\nerror: interrupted\n", result.Error);
    }

    [Fact]
    public async Task Import_NoSuchFile_IsBadInput()
    {
        await using var cli = await CommandLine.StartAsync();

        var result = await cli.RunAsync("import", Path.Combine(_folder.FullName, "absent.ndjson"));

        Assert.Equal(ExitCode.BadInput, result.ExitCode);
        Assert.StartsWith("error: Could not find file", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_Folder_IsBadInput()
    {
        await using var cli = await CommandLine.StartAsync();

        Assert.Equal(ExitCode.BadInput, (await cli.RunAsync("import", _folder.FullName)).ExitCode);
    }

    [Fact]
    public async Task Import_RejectsOverTheFileItself_IsRefusedAndTheFileStays()
    {
        await using var cli = await CommandLine.StartAsync();
        var path = FileOf(Lines);
        var link = File.CreateSymbolicLink(Path.Combine(_folder.FullName, "link"), path).FullName;

        Assert.Equal(ExitCode.BadInput, (await cli.RunAsync("import", path, "--rejects", path)).ExitCode);
        Assert.Equal(ExitCode.BadInput, (await cli.RunAsync("import", path, "--rejects", link)).ExitCode);
        Assert.Equal(Lines, await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string FileOf(string text)
    {
        var path = Path.Combine(_folder.FullName, "registry.ndjson");
        File.WriteAllText(path, text);
        return path;
    }

    private static void Answer(CommandLine cli, ImportEventsResponse answer) => cli.Script.Import = async (requests, responses, _) =>
    {
        await requests.ReadAllAsync(CancellationToken.None).CountAsync(CancellationToken.None);
        await responses.WriteAsync(answer, CancellationToken.None);
    };

    private static Received Receive(CommandLine cli, bool rejects)
    {
        var received = new Received();
        cli.Script.Import = async (requests, responses, _) =>
        {
            await foreach (var request in requests.ReadAllAsync(CancellationToken.None))
            {
                received.ImportId ??= request.ImportId;
                received.Text += request.Ndjson.ToStringUtf8();
            }
            var (first, last) = (
                new ImportEventsResponse { LinesRead = 3 },
                new ImportEventsResponse { LinesRead = 14_000, EventsLoaded = 12_345, AlreadyRecorded = 1_600, Revision = 777 });
            if (rejects)
            {
                first.Rejects.Add(new Reject { Line = 3, Code = "MALFORMED_LINE", Detail = "The line is no \"JSON\" object." });
                last.Rejects.Add(new Reject { Line = 4, Code = "NOT_ADMISSIBLE", Detail = "续签 is not open." });
                last.Rejects.Add(new Reject { Line = 5, Code = "MALFORMED_LINE" });
            }
            await responses.WriteAsync(first, CancellationToken.None);
            await responses.WriteAsync(last, CancellationToken.None);
        };
        return received;
    }

    private sealed class Received
    {
        public string? ImportId { get; set; }

        public string Text { get; set; } = "";
    }
}
