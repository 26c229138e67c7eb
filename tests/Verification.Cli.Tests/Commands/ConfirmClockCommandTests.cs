using Google.Protobuf.WellKnownTypes;
using Permits.Registry.V1;
using Verification.Cli.Shell;
using Verification.Cli.Tests.Support;

namespace Verification.Cli.Tests.Commands;

public sealed class ConfirmClockCommandTests
{
    [Fact]
    public async Task ConfirmClock_Yes_ConfirmsAndPrintsTheTimeInBeijing()
    {
        await using var cli = await CommandLine.StartAsync();
        var sent = Answer(cli);

        var result = await cli.RunAsync("registry", "confirm-clock", "--yes");

        Assert.Single(sent);
        Assert.Equal((ExitCode.Answered, ""), (result.ExitCode, result.Error));
        Assert.Equal(["Confirmed   2026-03-10 12:00:00 +08:00", "Counting    from events after revision 788", ""], result.Lines);
    }

    [Fact]
    public async Task ConfirmClock_Json_PrintsOneObject()
    {
        await using var cli = await CommandLine.StartAsync();
        Answer(cli);

        var result = await cli.RunAsync("registry", "confirm-clock", "--yes", "--json");

        Assert.Equal("2026-03-10T04:00:00Z", result.Json.GetProperty("confirmed_at").GetString());
        Assert.Equal("788", result.Json.GetProperty("revision").GetString());
    }

    [Fact]
    public async Task ConfirmClock_NobodyToAsk_NeedsYesAndSendsNothing()
    {
        await using var cli = await CommandLine.StartAsync();
        var sent = Answer(cli);
        cli.Input = "yes\n"u8.ToArray();

        var result = await cli.RunAsync("registry", "confirm-clock");

        Assert.Equal(
            (ExitCode.BadInput, "", "error: registry confirm-clock needs --yes where nobody can be asked\n"),
            (result.ExitCode, result.Output, result.Error));
        Assert.Empty(sent);
    }

    private static List<ConfirmClockRequest> Answer(CommandLine cli)
    {
        var sent = new List<ConfirmClockRequest>();
        cli.Script.ConfirmedClock = request =>
        {
            sent.Add(request);
            return new ConfirmClockResponse
            {
                ConfirmedAt = Timestamp.FromDateTimeOffset(new DateTimeOffset(2026, 3, 10, 4, 0, 0, TimeSpan.Zero)),
                Revision = 788,
            };
        };
        return sent;
    }
}
