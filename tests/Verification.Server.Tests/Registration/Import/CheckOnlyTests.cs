using System.Text;
using CsCheck;
using Google.Protobuf;
using Grpc.Core;
using Permits.Registry.V1;
using Verification.Server.Tests.Support;

namespace Verification.Server.Tests.Registration.Import;

/// <summary>Files that are only judged: the report of an import, and nothing stored.</summary>
public sealed class CheckOnlyTests
{
    private const string Permit = "BJ2024000017";
    private const string Issue = """{"permit":"BJ2024000017","event":"issued","on":"2024-03-05","kind":"work_residence_permit"}""";

    [Theory]
    [InlineData("2026.1", 0)]
    [InlineData("2026.1", 900)]
    [InlineData("2026.2", 0)]
    [InlineData("2026.2", 900)]
    public async Task ImportEvents_CheckOfTheCases_ReportsWhatAnImportDoes(string rulebook, int importedBefore)
    {
        await using var server = await TestServer.StartAsync();
        var lines = await File.ReadAllLinesAsync(
            Path.Combine(AppContext.BaseDirectory, "Cases", rulebook, "events.ndjson"), TestContext.Current.CancellationToken);
        await server.ImportAsync("before", string.Join('\n', lines.Take(importedBefore)));
        var revision = await server.RevisionAsync();
        var file = Encoding.UTF8.GetBytes(string.Join('\n', lines));

        var report = await CheckAsync(server, file, 60_000);

        Assert.Equal(revision, await server.RevisionAsync());
        Assert.All(report, message => Assert.Equal((0, false, null), (message.Revision, message.ReportRepeated, message.CompletedAt)));
        Assert.Equal(Whole(await server.ImportAsync("file", Calls.Cut(file, 60_000))), Whole(report));
        Assert.NotEmpty(report.SelectMany(message => message.Rejects));
    }

    /// <summary>Random lines of few permits, so that they meet; some of no form, some with fields that no event has.</summary>
    [Fact]
    public async Task ImportEvents_CheckOfAnyFile_ReportsWhatAnImportDoes()
    {
        await using var server = await TestServer.StartAsync();
        var run = 0;
        await Gen.Select(Gen.Int[0, 2], Gen.Int[0, 9], Gen.Int[1, 30]).Array[0, 60].SampleAsync(
            async lines =>
            {
                var permit = $"BJ{run++:D5}";
                var file = Encoding.UTF8.GetBytes(string.Join('\n', lines.Select(line => Line(permit, line))));

                var report = await CheckAsync(server, file, 700);

                Assert.Equal(Whole(await server.ImportAsync(permit, Calls.Cut(file, 300))), Whole(report));
            },
            iter: 40,
            threads: 1);
    }

    [Fact]
    public async Task ImportEvents_Check_LeavesNothingBehind()
    {
        await using var server = await TestServer.StartAsync();

        var report = await CheckAsync(server, Encoding.UTF8.GetBytes(Issue + "\n{}"), 10);

        Assert.Equal((2, 1, 0, "2:MALFORMED_LINE"), report.Report());
        Assert.Empty((await server.Registry.GetPermitAsync(new() { PermitNumber = Permit })).Events);
        Assert.Equal((2, 1, 1, "2:MALFORMED_LINE"), (await server.ImportAsync("file", Issue + "\n{}")).Report());
    }

    /// <summary>More lines of one permit than a batch holds: those of an earlier batch count in a later one.</summary>
    [Fact]
    public async Task ImportEvents_CheckOfManyBatches_CountsTheFilesOwnEvents()
    {
        await using var server = await TestServer.StartAsync();
        string[] others = [.. Enumerable.Range(0, 6_000).Select(i => Issue.Replace(Permit, $"BJ3{i:D6}", StringComparison.Ordinal))];
        var file = Encoding.UTF8.GetBytes(string.Join('\n', [Issue, .. others, Issue.Replace("03-05", "03-06", StringComparison.Ordinal), Issue]));

        var report = await CheckAsync(server, file, 100_000);

        Assert.Equal((6_003, 6_001, 0, "6002:ALREADY_ISSUED 6003:ALREADY_ISSUED"), report.Report());
    }

    [Fact]
    public async Task ImportEvents_CheckUnderAnId_IsRefused()
    {
        await using var server = await TestServer.StartAsync();

        Assert.Equal("import_id:INVALID_ID", await Calls.WrongFieldsOfAsync(() => SendAsync(server, [new() { ImportId = "one", CheckOnly = true }])));
    }

    [Fact]
    public async Task ImportEvents_CheckThatComesLate_IsRefusedAndLoadsNothing()
    {
        await using var server = await TestServer.StartAsync();

        Assert.Equal(
            "check_only:NOT_ALLOWED_IN_BATCH",
            await Calls.WrongFieldsOfAsync(() => SendAsync(
                server, new() { ImportId = "one" }, new() { CheckOnly = true, Ndjson = ByteString.CopyFromUtf8(Issue) })));
        Assert.Empty((await server.Registry.GetPermitAsync(new() { PermitNumber = Permit })).Events);
    }

    private static string Line(string permit, (int Permit, int What, int Day) line) => line.What switch
    {
        0 or 1 => Event(permit, line, "issued", ",\"kind\":\"work_residence_permit\""),
        2 => Event(permit, line, "reissued"),
        3 => Event(permit, line, "retained", ",\"procedure\":\"renewal\""),
        4 => Event(permit, line, "returned", ",\"note\":\"x\""),
        5 => Event(permit, line, "annulled", ",\"target\":1,\"reason\":\"录错\""),
        6 => Event(permit, line, "cancelled"),
        7 => string.Empty,
        8 => "{}",
        _ => Event(permit, line, "renewed"),
    };

    private static string Event(string permit, (int Permit, int What, int Day) line, string name, string fields = "") =>
        $"{{\"permit\":\"{permit}{line.Permit}\",\"event\":\"{name}\",\"on\":\"2024-02-{line.Day:D2}\"{fields}}}";

    /// <summary>All that a report says, however it is cut into messages, but for what a check leaves unset.</summary>
    private static string Whole(List<ImportEventsResponse> messages)
    {
        var whole = messages[^1].Clone();
        whole.Rejects.Clear();
        whole.Rejects.AddRange(messages.SelectMany(message => message.Rejects));
        (whole.Revision, whole.CompletedAt) = (0, null);
        return whole.ToString();
    }

    private static Task<List<ImportEventsResponse>> CheckAsync(TestServer server, byte[] file, int size) => SendAsync(
        server, [new() { CheckOnly = true }, .. Calls.Cut(file, size).Select(piece => new ImportEventsRequest { Ndjson = ByteString.CopyFrom(piece) })]);

    private static async Task<List<ImportEventsResponse>> SendAsync(TestServer server, params ImportEventsRequest[] messages)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var call = server.Registry.ImportEvents(cancellationToken: cancellationToken);
        var sending = Task.Run(
            async () =>
            {
                foreach (var message in messages)
                {
                    await call.RequestStream.WriteAsync(message, cancellationToken);
                }

                await call.RequestStream.CompleteAsync();
            },
            cancellationToken);
        var responses = new List<ImportEventsResponse>();
        try
        {
            await foreach (var response in call.ResponseStream.ReadAllAsync(cancellationToken))
            {
                responses.Add(response);
            }
        }
        finally
        {
            // A call that is refused takes no more of it.
            await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return responses;
    }
}
