using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Verification.EndToEnd.Tests;

/// <summary>
/// A bureau sends its whole register every night. 2,000 permits, or as many as VERIFICATION_REGISTER_PERMITS says; with
/// <c>-showLiveOutput</c> the numbers are told.
/// </summary>
public sealed class RegisterTests(ITestOutputHelper output) : IDisposable
{
    private static readonly int Permits =
        int.Parse(Environment.GetEnvironmentVariable("VERIFICATION_REGISTER_PERMITS") ?? "2000", CultureInfo.InvariantCulture);

    private readonly TempFolder _folder = new();
    private readonly Register _register = new(Permits);

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    [Fact]
    public async Task Import_RegisterSentThreeNights_HoldsWhatOneCleanRunOfTheLastGives()
    {
        var expected = await CleanRunAsync();

        await using (var server = await DemoServer.StartAsync(_folder.PathOf("nightly")))
        {
            var first = await CompleteAsync(server, _register.First);
            Assert.Equal("MALFORMED_DATE", Assert.Single(first.Rejects).Code);
            Assert.Equal(0, first.Last.AlreadyRecorded);
        }

        await using (var server = await DemoServer.StartAsync(_folder.PathOf("nightly")))
        {
            await ImportRun.RunAsync(server, _register.Repaired, killAt: LinesOf(_register.Repaired) / 3);
        }

        await using (var server = await DemoServer.StartAsync(_folder.PathOf("nightly")))
        {
            var second = await CompleteAsync(server, _register.Repaired);
            Assert.Empty(second.Rejects);
            Assert.Equal(1, second.Last.EventsLoaded);
            await CheckThirdNightAsync(server, expected.Count);
        }

        Assert.Equal(expected, StoredEvents.ByPermit(_folder.PathOf("nightly")));
    }

    [Fact]
    public async Task Import_TwoNodesAtOnceAndAnOlderFileResumed_HoldsWhatOneCleanRunGives()
    {
        var expected = await CleanRunAsync();
        await using (var server = await DemoServer.StartAsync(_folder.PathOf("two")))
        {
            await ImportRun.RunAsync(server, _register.First, killAt: LinesOf(_register.First) / 2);
        }

        await using (var one = await DemoServer.StartAsync(_folder.PathOf("two")))
        await using (var other = await DemoServer.StartAsync(_folder.PathOf("two"), _folder.PathOf("other's audit log")))
        {
            var both = await Task.WhenAll(CompleteAsync(one, _register.Repaired), CompleteAsync(other, _register.NextDay));
            Assert.All(both, run => Assert.Empty(run.Rejects));

            var older = await CompleteAsync(one, _register.First);
            Assert.Equal("MALFORMED_DATE", Assert.Single(older.Rejects).Code);
        }

        Assert.Equal(expected, StoredEvents.ByPermit(_folder.PathOf("two")));
    }

    private static int LinesOf(byte[] file) => file.AsSpan().Count((byte)'\n');

    private async Task<List<string>> CleanRunAsync()
    {
        await using (var server = await DemoServer.StartAsync(_folder.PathOf("clean")))
        {
            Assert.Empty((await CompleteAsync(server, _register.NextDay)).Rejects);
        }

        return StoredEvents.ByPermit(_folder.PathOf("clean"));
    }

    /// <summary>The third night, and a repair in the middle, as the bureau's operator sees them.</summary>
    private async Task CheckThirdNightAsync(DemoServer server, int events)
    {
        var third = await PermitCtlAsync(server, _register.NextDay);
        Assert.Equal(0, third.ExitCode);
        Assert.Equal(2 * ((Permits + 49) / 50), third.Loaded);
        Assert.Equal(events, third.Loaded + third.AlreadyRecorded);
        Assert.Equal(LinesOf(_register.NextDay), third.Loaded + third.AlreadyRecorded + _register.EmptyLines);

        var middle = await PermitCtlAsync(server, _register.RepairedInTheMiddle);
        Assert.Equal(2, middle.ExitCode);
        Assert.Equal((0, events), (middle.Loaded, middle.AlreadyRecorded));
        Assert.Contains("OUT_OF_ORDER", middle.Errors, StringComparison.Ordinal);
        Assert.Contains("permitctl record", middle.Errors, StringComparison.Ordinal);

        var repeated = await PermitCtlAsync(server, _register.RepairedInTheMiddle);
        Assert.Contains("--again", repeated.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("--again", (await PermitCtlAsync(server, _register.RepairedInTheMiddle, "--again")).Errors, StringComparison.Ordinal);
    }

    private async Task<ImportRun> CompleteAsync(DemoServer server, byte[] file)
    {
        var started = Stopwatch.GetTimestamp();
        var run = await ImportRun.RunAsync(server, file);
        var whole = run.Last;
        output.WriteLine(
            $"{whole.LinesRead:N0} lines: {whole.EventsLoaded:N0} loaded, {whole.AlreadyRecorded:N0} already recorded, "
            + $"{run.Rejects.Count:N0} rejected; {Stopwatch.GetElapsedTime(started).TotalSeconds:N1} s");
        Assert.Equal(LinesOf(file), whole.LinesRead);
        Assert.Equal(LinesOf(file), whole.EventsLoaded + whole.AlreadyRecorded + run.Rejects.Count + file.AsSpan().Count("\n\n"u8));
        return run;
    }

    private async Task<(int ExitCode, long Loaded, long AlreadyRecorded, string Errors)> PermitCtlAsync(
        DemoServer server, byte[] file, params string[] more)
    {
        var path = _folder.PathOf("register.ndjson");
        await File.WriteAllBytesAsync(path, file, TestContext.Current.CancellationToken);
        var (exitCode, text, errors) = await Programs.PermitCtlAsync(
            ["import", path, "--json", "--address", server.Address, "--api-key", "demo-authority", .. more]);
        output.WriteLine(text);
        var json = JsonDocument.Parse(text).RootElement;
        return (exitCode, Number(json, "events_loaded"), Number(json, "already_recorded"), errors);
    }

    private static long Number(JsonElement json, string name) => long.Parse(json.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);
}
