using System.Text;
using CsCheck;
using Google.Protobuf;
using Grpc.Core;
using Permits.Registry.V1;
using Verification.Server.Tests.Support;

namespace Verification.Server.Tests.Registration.Import;

public sealed class ImportEventsTests
{
    private const string Issue = """{"permit":"BJ2024000017","event":"issued","on":"2024-03-05","kind":"work_residence_permit"}""";
    private const string Far = """{"permit":"BJ2999000017","event":"issued","on":"2999-01-01","kind":"residence_permit"}""";

    [Fact]
    public async Task ImportEvents_MixedFile_LoadsAndReports()
    {
        await using var server = await TestServer.StartAsync();
        var file = $"\uFEFF{Issue}\r\n\n \n{{}}\r\n{Issue.Replace("17", "18", StringComparison.Ordinal)}\n{Issue}";

        var report = (await server.ImportAsync("f", file)).Report();

        Assert.Equal((6, 2, 2, "3:MALFORMED_LINE 4:MALFORMED_LINE 6:ALREADY_ISSUED"), report);
        Assert.Equal(TestConsumers.Authority, (await server.Registry.GetPermitAsync(new() { PermitNumber = "BJ2024000017" })).Events[0].RecordedBy);
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("\n\n", 2)]
    [InlineData("\uFEFF", 0)]
    public async Task ImportEvents_NothingToLoad_ReportsTheLines(string file, long lines)
    {
        await using var server = await TestServer.StartAsync();

        var first = (await server.ImportAsync("f", file)).Report();
        var again = (await server.ImportAsync("f", file)).Report();

        Assert.Equal((lines, 0, 0, string.Empty), first);
        Assert.Equal(first, again);
        Assert.Equal(
            (StatusCode.FailedPrecondition, "IMPORT_ID_REUSED"),
            await Calls.ErrorOfAsync(() => server.ImportAsync("f", file + Issue)));
    }

    [Fact]
    public async Task ImportEvents_GarbageLongLinesAndInvalidUtf8_AreRejectedLineByLine()
    {
        await using var server = await TestServer.StartAsync();
        byte[] garbage = [.. Enumerable.Range(0, 60_000).Select(i => (byte)((i * 7919) >> 3)).Where(b => b is not ((byte)'\n' or (byte)'\r'))];
        byte[] file =
        [
            .. garbage, (byte)'\n',
            .. Enumerable.Repeat((byte)'x', 10_000_000), (byte)'\n',
            .. "{\"permit\":\"BJ2024000017\",\"event\":\"issued\",\"on\":\"2024-03-05\",\"x\":\""u8, 0xC3, 0x28, .. "\"}\n"u8,
            .. Encoding.UTF8.GetBytes(Issue), (byte)'\n',
            .. Encoding.UTF8.GetBytes(Far), (byte)'\n',
        ];

        var responses = await server.ImportAsync("f", Calls.Cut(file, 1_000_000));

        Assert.Equal((5, 2, 2, "1:MALFORMED_LINE 2:MALFORMED_LINE 3:MALFORMED_LINE"), responses.Report());
        Assert.Contains("1,048,576 bytes", responses.SelectMany(response => response.Rejects).Single(reject => reject.Line == 2).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ImportEvents_ManyRejects_AreSpreadOverMessages()
    {
        await using var server = await TestServer.StartAsync();
        var file = string.Concat(Enumerable.Repeat("?\n", 7_001));

        var first = await server.ImportAsync("f", file);
        var again = await server.ImportAsync("f", file);

        Assert.All(first.Concat(again), response => Assert.InRange(response.Rejects.Count, 0, 2_000));
        Assert.Equal(7_001, first.Sum(response => response.Rejects.Count));
        Assert.Equal(first.Report(), again.Report());
    }

    [Fact]
    public async Task ImportEvents_AnyChunkingAndAnyInterruption_ReportsTheSame()
    {
        await using var server = await TestServer.StartAsync();
        var import = 0;
        await Gen.Select(LinesGen, Gen.Int[1, 3_000], Gen.Double[0, 1], Gen.Bool).SampleAsync(
            async (lines, size, stopAt, endsWithLineFeed) =>
            {
                var prefix = $"{Interlocked.Increment(ref import):D6}";
                var file = FileOf(lines, $"A{prefix}", endsWithLineFeed);
                var sameFile = FileOf(lines, $"B{prefix}", endsWithLineFeed);

                var undisturbed = (await server.ImportAsync($"a{prefix}", [file])).Report();
                await server.ImportUntilAsync($"b{prefix}", sameFile, (int)(stopAt * sameFile.Length), size);
                var resumed = (await server.ResumeAsync($"b{prefix}", Calls.Cut(sameFile, size))).Report();
                var again = (await server.ImportAsync($"b{prefix}", Calls.Cut(sameFile, size + 1))).Report();

                Assert.Equal((undisturbed.Lines, undisturbed.Events, undisturbed.Rejects), (resumed.Lines, resumed.Events, resumed.Rejects));
                Assert.Equal(resumed, again);
            },
            iter: 20,
            threads: 1);
    }

    [Fact]
    public async Task ImportEvents_SameIdWithAnotherFile_IsRefusedAndChangesNothing()
    {
        await using var server = await TestServer.StartAsync();
        var file = string.Concat(Enumerable.Range(0, 6_000).Select(i => Line(i) + "\n"));
        await server.ImportAsync("done", file);
        string[] others =
        [
            file + Line(9_999), file[..^1], file[..^200], file.Replace("2024-03-05", "2024-03-06", StringComparison.Ordinal), "\uFEFF" + file,
        ];

        foreach (var other in others)
        {
            Assert.Equal(
                (StatusCode.FailedPrecondition, "IMPORT_ID_REUSED"),
                await Calls.ErrorOfAsync(() => server.ImportAsync("done", other)));
        }

        Assert.Equal(6_000, (await server.Registry.GetPermitAsync(new() { PermitNumber = "BJ2024000017" })).Revision);
    }

    [Fact]
    public async Task ImportEvents_InterruptedThenAnotherFile_IsRefused()
    {
        var folder = TestServer.NewFolder();
        var file = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 9_000).Select(i => Line(i) + "\n")));
        await using (var server = await TestServer.StartAsync(folder))
        {
            await server.ImportUntilAsync("f", file, file.Length - 10, 50_000);
        }

        await using (var server = await TestServer.StartAsync(folder))
        {
            var stored = await server.RevisionAsync();
            Assert.InRange(stored, 2_000, 8_999);
            var other = file.ToArray();
            other[100_000] ^= 1;

            Assert.Equal(
                (StatusCode.FailedPrecondition, "IMPORT_ID_REUSED"),
                await Calls.ErrorOfAsync(() => server.ImportAsync("f", [other])));
            Assert.Equal(
                (StatusCode.FailedPrecondition, "IMPORT_ID_REUSED"),
                await Calls.ErrorOfAsync(() => server.ImportAsync("f", [file[..5_000]])));
            Assert.Equal(stored, await server.RevisionAsync());
            Assert.Equal((9_000, 9_000, 9_000, string.Empty), (await server.ImportAsync("f", [file])).Report());
        }

        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("ä")]
    public async Task ImportEvents_WrongId_IsInvalid(string id)
    {
        await using var server = await TestServer.StartAsync();

        var wrong = await Calls.WrongFieldsOfAsync(() => server.ImportAsync(id, Issue));

        Assert.StartsWith("import_id:", wrong, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ImportEvents_IdChangesOnTheWay_IsInvalid()
    {
        await using var server = await TestServer.StartAsync();
        using var call = server.Registry.ImportEvents();
        await call.RequestStream.WriteAsync(new ImportEventsRequest { ImportId = "a" }, TestContext.Current.CancellationToken);
        await call.RequestStream.WriteAsync(new ImportEventsRequest { ImportId = "a" }, TestContext.Current.CancellationToken);
        await call.RequestStream.WriteAsync(new ImportEventsRequest { ImportId = "b" }, TestContext.Current.CancellationToken);

        Assert.Equal(
            "import_id:INVALID_ID",
            await Calls.WrongFieldsOfAsync(() => call.ResponseStream.MoveNext(TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task ImportEvents_TwoCallsWithOneId_OneIsAborted()
    {
        await using var server = await TestServer.StartAsync();
        using var waiting = server.Registry.ImportEvents();
        var half = ByteString.CopyFromUtf8(string.Concat(Enumerable.Range(0, 2_500).Select(i => Line(i) + "\n")));
        await waiting.RequestStream.WriteAsync(
            new ImportEventsRequest { ImportId = "f", Ndjson = half }, TestContext.Current.CancellationToken);
        Assert.True(await waiting.ResponseStream.MoveNext(TestContext.Current.CancellationToken));

        await server.ImportAsync("f", half.ToStringUtf8());
        await waiting.RequestStream.CompleteAsync();

        Assert.Equal(
            (StatusCode.Aborted, "IMPORT_IN_PROGRESS"),
            await Calls.ErrorOfAsync(() => waiting.ResponseStream.MoveNext(TestContext.Current.CancellationToken)));
    }

    private static Gen<int[]> LinesGen => Gen.Frequency((8, Gen.Int[0, 400]), (1, Gen.Const(-1)), (1, Gen.Const(-2))).Array[0, 6_000];

    private static string Line(int i) => Issue.Replace("000017", $"{i:D6}", StringComparison.Ordinal);

    private static byte[] FileOf(int[] lines, string prefix, bool endsWithLineFeed)
    {
        var text = string.Join("\n", lines.Select(line => line switch
        {
            -1 => string.Empty,
            -2 => "{\"permit\":1}\r",
            _ => Issue.Replace("BJ2024000017", $"{prefix}{line:D4}", StringComparison.Ordinal),
        }));
        return Encoding.UTF8.GetBytes(endsWithLineFeed ? text + "\n" : text);
    }
}
