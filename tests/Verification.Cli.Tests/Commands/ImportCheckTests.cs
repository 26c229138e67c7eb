using System.Text;
using System.Text.Json;
using Grpc.Core;
using Permits.Registry.V1;
using Verification.Cli.Shell;
using Verification.Cli.Tests.Support;
using Verification.FakeService;

namespace Verification.Cli.Tests.Commands;

/// <summary><c>import --check</c>: a file that the service only judges.</summary>
public sealed class ImportCheckTests : IDisposable
{
    private const string Lines = "{\"permit\":\"BJ2024000017\"}\nnot json\n";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("permitctl-tests-");

    [Theory]
    [InlineData(Lines)]
    [InlineData("")]
    public async Task Check_File_IsSentToBeJudgedUnderNoId(string text)
    {
        await using var cli = await CommandLine.StartAsync();
        var received = Receive(cli);
        cli.Input = Encoding.UTF8.GetBytes(text);

        await cli.RunAsync("import", "-", "--check");

        Assert.True(received[0].CheckOnly);
        Assert.All(received, message => Assert.Equal("", message.ImportId));
        Assert.Equal(text, string.Concat(received.Select(message => message.Ndjson.ToStringUtf8())));
    }

    [Fact]
    public async Task Check_Report_SaysWhatWouldBe()
    {
        await using var cli = await CommandLine.StartAsync();
        Receive(cli);
        cli.Input = Encoding.UTF8.GetBytes(Lines);
        var rejects = Path.Combine(_folder.FullName, "rejects.ndjson");

        var result = await cli.RunAsync("import", "-", "--check", "--rejects", rejects);

        Assert.Equal((ExitCode.Rejects, ""), (result.ExitCode, result.Error));
        Assert.Equal(
            [
                "Lines read          2", "Would be loaded     1", "Already recorded    0", "Would be rejected   1", "Time                0.0 s", "",
                "Rejected for     Lines", "MALFORMED_LINE       1", "",
            ],
            result.Lines);
        Assert.Equal(
            "{\"line\":2,\"code\":\"MALFORMED_LINE\",\"detail\":\"No object.\"}\n", await File.ReadAllTextAsync(rejects, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Check_Chinese_WritesRejectsInChinese()
    {
        await using var cli = await CommandLine.StartAsync();
        Receive(cli);
        cli.Input = Encoding.UTF8.GetBytes(Lines);
        var rejects = Path.Combine(_folder.FullName, "rejects.ndjson");

        var result = await cli.RunAsync("import", "-", "--check", "--rejects", rejects, "--lang", "zh");

        Assert.Contains("将被拒收   1", result.Lines);
        Assert.Contains("\"detail\":\"不是对象。\"", await File.ReadAllTextAsync(rejects, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_Json_SaysThatItIsACheck()
    {
        await using var cli = await CommandLine.StartAsync();
        Receive(cli);
        cli.Input = Encoding.UTF8.GetBytes(Lines);

        var json = (await cli.RunAsync("import", "-", "--check", "--json")).Json;

        Assert.Equal((JsonValueKind.True, "1", "0"), (json.GetProperty("check_only").ValueKind, json.GetProperty("rejects").GetString(), json.GetProperty("revision").GetString()));
    }

    /// <summary>A service that does not know the field refuses a call without an id, and has imported nothing.</summary>
    [Fact]
    public async Task Check_ServiceTooOldForIt_SaysSo()
    {
        await using var cli = await CommandLine.StartAsync();
        cli.Script.Import = (_, _, _) => throw Faults.Create(
            StatusCode.InvalidArgument, "INVALID_ID", "import_id: It has characters.", ("import_id", "It has characters."));

        var result = await cli.RunAsync("import", "-", "--check");

        Assert.Equal(ExitCode.BadInput, result.ExitCode);
        Assert.StartsWith("note: the service is too old for --check; nothing was imported\n", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_Again_ExcludeEachOther()
    {
        await using var cli = await CommandLine.StartAsync();

        Assert.Equal("error: --again and --check exclude each other\n", (await cli.RunAsync("import", "-", "--check", "--again")).Error);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static List<ImportEventsRequest> Receive(CommandLine cli)
    {
        var received = new List<ImportEventsRequest>();
        cli.Script.Import = async (requests, responses, cancellationToken) =>
        {
            while (await requests.MoveNext(cancellationToken))
                received.Add(requests.Current);
            await responses.WriteAsync(
                new()
                {
                    LinesRead = 2,
                    EventsLoaded = 1,
                    Rejects = { new Reject { Line = 2, Code = "MALFORMED_LINE", Detail = "No object.", DetailZh = "不是对象。" } },
                },
                cancellationToken);
        };
        return received;
    }
}
