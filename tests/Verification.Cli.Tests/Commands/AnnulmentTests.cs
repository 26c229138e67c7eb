using Grpc.Core;
using Permits.Registry.V1;
using Verification.Cli.Shell;
using Verification.Cli.Tests.Support;
using Verification.FakeService;

namespace Verification.Cli.Tests.Commands;

/// <summary><c>permitctl record NUMBER annulled</c>, where today is 2026-05-04.</summary>
public sealed class AnnulmentTests
{
    [Theory]
    [InlineData(2024, "2026-05-04")]
    [InlineData(2026, "2026-06-02")]
    public async Task Record_AnnulledWithoutDate_IsOfTodayOrOfALaterTargetsDate(int year, string on)
    {
        await using var cli = await CommandLine.StartAsync();
        var sent = Answer(cli);
        cli.Script.Permit = request =>
        {
            Assert.Equal(new GetPermitRequest { PermitNumber = "BJ2024000017" }, request);
            var history = Samples.History();
            history.Events[2].Event.On = Samples.Day(year, 6, 2);
            return history;
        };

        var result = await cli.RunAsync("record", "BJ2024000017", "annulled", "--target", "3", "--reason", "wrong child", "--request-id", "r-1");

        Assert.Equal((ExitCode.Answered, ""), (result.ExitCode, result.Error));
        Assert.Equal(new Annulled { Target = 3, Reason = "wrong child" }, Assert.Single(sent).Event.Annulled);
        Assert.Equal(
            [
                "Recorded   annulled 更正",
                $"Annuls     3: dependant_added: child, PASSPORT 护照 ({year}-06-02)",
                $"On         {on}",
                "Revision   5313",
                "Request    r-1",
                "",
            ],
            result.Lines);
    }

    [Fact]
    public async Task Record_AnnulledEventFarAhead_IsNotAskedAbout()
    {
        await using var cli = await CommandLine.StartAsync();
        var sent = Answer(cli);
        cli.Script.Permit = _ =>
        {
            var history = Samples.History();
            history.Events[2].Event.On = Samples.Day(2027, 3, 1);
            return history;
        };

        var result = await cli.RunAsync("record", "BJ2024000017", "annulled", "--target", "3", "--reason", "wrong year", "--request-id", "r-1");

        Assert.Equal((ExitCode.Answered, ""), (result.ExitCode, result.Error));
        Assert.Equal(Samples.Day(2027, 3, 1), Assert.Single(sent).Event.On);
    }

    [Fact]
    public async Task Record_AnnulledOnADate_AsksForNothingBefore()
    {
        await using var cli = await CommandLine.StartAsync();
        var sent = Answer(cli);

        var result = await cli.RunAsync(
            "record", "BJ2024000017", "annulled", "--target", "3", "--reason", "wrong child", "--on", "2026-05-03", "--request-id", "r-1");

        Assert.Equal((ExitCode.Answered, ""), (result.ExitCode, result.Error));
        Assert.Equal(Samples.Day(2026, 5, 3), Assert.Single(sent).Event.On);
        Assert.Contains("Annuls     3", result.Lines);
    }

    [Fact]
    public async Task Record_AnnulledNoSuchPlace_LeavesTheRefusalToTheService()
    {
        await using var cli = await CommandLine.StartAsync();
        var sent = new List<RecordEventRequest>();
        cli.Script.Permit = _ => Samples.History();
        cli.Script.Record = request =>
        {
            sent.Add(request);
            throw Faults.Create(StatusCode.FailedPrecondition, "NOT_ADMISSIBLE", "The permit has no event at place 9; it has 3.");
        };

        var result = await cli.RunAsync("record", "BJ2024000017", "annulled", "--target", "9", "--reason", "x", "--request-id", "r-1");

        Assert.Equal(
            (ExitCode.BadInput, "error: The permit has no event at place 9; it has 3. (NOT_ADMISSIBLE)\n"), (result.ExitCode, result.Error));
        Assert.Equal(Samples.Day(2026, 5, 4), Assert.Single(sent).Event.On);
    }

    [Fact]
    public async Task Record_AnnulledRegistryCannotTellTheTarget_RecordsNothing()
    {
        await using var cli = await CommandLine.StartAsync();
        var sent = Answer(cli);
        cli.Script.Permit = _ => throw Faults.Create(StatusCode.Unavailable, "REGISTRY_UNAVAILABLE", "The registry does not answer.");

        var result = await cli.RunAsync("record", "BJ2024000017", "annulled", "--target", "3", "--reason", "x");

        Assert.Equal(
            (ExitCode.CouldNotTell, "error: The registry does not answer. (REGISTRY_UNAVAILABLE)\n"), (result.ExitCode, result.Error));
        Assert.Empty(sent);
    }

    [Theory]
    [InlineData("annulled --reason x", "annulled needs --target")]
    [InlineData("annulled --target 3", "annulled needs --reason")]
    [InlineData("annulled --target 0 --reason x", "--target must be an event's place in the permit's history: a whole number from 1")]
    [InlineData("annulled --target 2147483648 --reason x", "--target must be an event's place in the permit's history: a whole number from 1")]
    [InlineData("annulled --target last --reason x", "--target must be an event's place in the permit's history: a whole number from 1")]
    [InlineData("cancelled --target 3", "cancelled takes no --target")]
    public async Task Record_WrongOptions_IsAUsageError(string words, string message)
    {
        await using var cli = await CommandLine.StartAsync();

        var result = await cli.RunAsync(["record", "BJ2024000017", .. words.Split(' ')]);

        Assert.Equal((ExitCode.BadInput, $"error: {message}\n"), (result.ExitCode, result.Error));
    }

    private static List<RecordEventRequest> Answer(CommandLine cli)
    {
        var sent = new List<RecordEventRequest>();
        cli.Script.Record = request =>
        {
            sent.Add(request);
            return new RecordEventResponse { Revision = 5313 };
        };
        return sent;
    }
}
