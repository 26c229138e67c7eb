using Permits.Audit.V1;
using Verification.Cli.Shell;
using Verification.Cli.Tests.Support;

namespace Verification.Cli.Tests.Commands;

public sealed class AuditReplayCommandTests
{
    private static readonly string[] March = ["--from", "2026-03-01", "--to", "2026-03-31"];

    [Fact]
    public async Task Replay_AllTheSame_SaysHowMany()
    {
        await using var cli = await CommandLine.StartAsync();
        ReplayRequest? sent = null;
        cli.Script.Replay = request =>
        {
            sent = request;
            return
            [
                new ReplayResponse { RecordsRead = 40_000, Same = 39_000 },
                new ReplayResponse { RecordsRead = 50_000, Same = 48_000, NotRepeatable = 1, WithoutVerdict = 999, LeftOut = 1_000, Complete = true },
            ];
        };

        var result = await cli.RunAsync(["audit", "replay", .. March, "--sample", "10"]);

        Assert.Equal(10, sent!.SampleOneIn);
        Assert.Equal((ExitCode.Answered, "40,000 records read, 39,000 came out the same, 0 otherwise\n"), (result.ExitCode, result.Error));
        Assert.Equal(
            [
                "Records read         50,000",
                "Came out the same    48,000",
                "Came out otherwise   0",
                "Cannot be repeated   1: a restore lost the revision, or the service has no such rulebook",
                "Told no verdict      999",
                "Left out             1,000",
                "",
            ],
            result.Lines);
    }

    [Fact]
    public async Task Replay_OneDiffers_ShowsItBothWaysAndExitsWithTwo()
    {
        await using var cli = await CommandLine.StartAsync();
        var run = new ReplayResponse { RecordsRead = 2, Same = 1, Different = 1, Complete = true };
        run.FirstDifference = new Difference { Record = AuditSamples.Check(), Verdict = Samples.Valid().Verdict };
        cli.Script.Replay = _ => [run];

        var result = await cli.RunAsync(["audit", "replay", .. March]);
        var json = await cli.RunAsync(["audit", "replay", .. March, "--json"]);

        Assert.Equal((ExitCode.NotIntact, ExitCode.NotIntact), (result.ExitCode, json.ExitCode));
        Assert.Contains($"Check        {AuditSamples.CheckId}", result.Lines);
        Assert.Contains(result.Lines, line => line.StartsWith("Status       FROZEN", StringComparison.Ordinal));
        Assert.Contains(result.Lines, line => line.StartsWith("Status", StringComparison.Ordinal) && line.Contains("VALID 有效", StringComparison.Ordinal));
        Assert.Equal("1", json.Json.GetProperty("different").GetString());
    }

    [Fact]
    public async Task Replay_EndsWithoutItsResult_IsNoAnswer()
    {
        await using var cli = await CommandLine.StartAsync();
        cli.Script.Replay = _ => [new ReplayResponse { RecordsRead = 1 }];

        var result = await cli.RunAsync(["audit", "replay", .. March]);

        Assert.Equal((ExitCode.CouldNotTell, ""), (result.ExitCode, result.Output));
    }
}
