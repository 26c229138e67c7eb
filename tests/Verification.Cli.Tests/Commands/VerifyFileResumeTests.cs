using System.Text;
using Grpc.Core;
using Verification.Cli.Shell;
using Verification.Cli.Tests.Support;
using Verification.FakeService;

namespace Verification.Cli.Tests.Commands;

/// <summary>What stops a round, what it waits for, and how it goes on.</summary>
public sealed class VerifyFileResumeTests
{
    private const int Rows = 6_543;

    private static readonly string Input = RoundFolder.Numbers(Rows);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task VerifyFile_RateExceeded_IsWaitedOutAsTheServiceSays()
    {
        await using var folder = await RoundFolder.StartAsync();
        var refused = 0;
        folder.Register.Refuse = _ => folder.Register.Asked.Count is 3 or 4 or 7 && ++refused > 0
            ? Faults.Status(StatusCode.ResourceExhausted, "RATE_EXCEEDED", "too fast", TimeSpan.FromMilliseconds(730))
            : null;

        var result = await folder.VerifyAsync(Input);

        Assert.Equal((ExitCode.Rejects, ""), (result.ExitCode, result.Error));
        Assert.True(refused > 0);
        Assert.All(folder.Time.Waits, wait => Assert.Equal(TimeSpan.FromMilliseconds(730), wait));
        Assert.Equal(await UndisturbedAsync(), folder.Verdicts);
    }

    [Fact]
    public async Task VerifyFile_RateExceeded_SendsNoMoreBatchesAhead()
    {
        await using var folder = await RoundFolder.StartAsync();
        var isRefused = false;
        folder.Register.Refuse = batch => batch.Checks.Any(check => check.PermitNumber == "BJ00001001") && !isRefused && (isRefused = true)
            ? Faults.Status(StatusCode.ResourceExhausted, "RATE_EXCEEDED", "too fast", TimeSpan.FromMilliseconds(730))
            : null;

        await folder.VerifyAsync(Input);

        // From the second time on that the second batch is asked, each is asked once.
        var second = folder.Register.Asked.FindLastIndex(batch => batch.Checks[0].PermitNumber == "BJ00001001");
        Assert.Equal(6, folder.Register.Asked[second..].Count);
    }

    [Theory]
    [InlineData("UNKNOWN_BUDGET_EXHAUSTED")]
    [InlineData("GUESS_BUDGET_EXHAUSTED")]
    public async Task VerifyFile_BudgetSpentWithinABatch_StopsThereAndSaysWhenToGoOn(string reason)
    {
        await using var folder = await RoundFolder.StartAsync();
        var refusal = Faults.Status(StatusCode.ResourceExhausted, reason, "spent", TimeSpan.FromSeconds(90));
        var isSpent = false;
        folder.Register.RefuseCheck = check => (isSpent |= check.PermitNumber == "BJ00002345") ? refusal : null;
        folder.Register.Refuse = _ => isSpent ? refusal : null;

        var stopped = await folder.VerifyAsync(Input);

        Assert.Equal(ExitCode.CouldNotTell, stopped.ExitCode);
        Assert.Equal(
            $"note: the round stopped after row 2,344; the same command with --resume goes on from 2026-05-04 00:31:30 +08:00\nerror: spent ({reason})\n  try again in 90 s\n",
            stopped.Error);
        Assert.Empty(folder.Time.Waits);
        Assert.Equal(2_344, folder.Rows.Length);
        Assert.False(folder.Record.GetProperty("complete").GetBoolean());

        isSpent = false;
        folder.Register.RefuseCheck = _ => null;
        var resumed = await folder.VerifyAsync(Input, "--resume");

        Assert.Equal((ExitCode.Rejects, ""), (resumed.ExitCode, resumed.Error));
        Assert.Equal(await UndisturbedAsync(), folder.Verdicts);
    }

    [Fact]
    public async Task VerifyFile_ServiceAwayForAWhile_IsTriedAgainWithGrowingPauses()
    {
        await using var folder = await RoundFolder.StartAsync();
        folder.Register.Refuse = _ => folder.Register.Asked.Count is >= 3 and < 6
            ? throw Faults.Create(StatusCode.Unavailable, "SHUTTING_DOWN", "stopping")
            : null;

        var result = await folder.VerifyAsync(Input);

        Assert.Equal((ExitCode.Rejects, ""), (result.ExitCode, result.Error));
        Assert.Equal([1, 2, 4], folder.Time.Waits.Select(wait => wait.TotalSeconds));
        Assert.Equal(await UndisturbedAsync(), folder.Verdicts);
    }

    [Fact]
    public async Task VerifyFile_OneRowNobodyCanTell_IsNoErrorOfTheRowButStopsTheRound()
    {
        await using var folder = await RoundFolder.StartAsync();
        folder.Register.RefuseCheck = check =>
            check.PermitNumber == "BJ00002345" ? Faults.Status(StatusCode.Unavailable, "REGISTRY_UNAVAILABLE", "damaged", TimeSpan.FromSeconds(3)) : null;

        var result = await folder.VerifyAsync(Input);

        Assert.Equal(ExitCode.CouldNotTell, result.ExitCode);
        Assert.Equal([3, 3, 4, 8, 16], folder.Time.Waits.Select(wait => wait.TotalSeconds));
        Assert.Equal(2_344, folder.Record.GetProperty("rows").GetInt64());
        Assert.Equal(2_344, folder.Rows.Length);
    }

    [Fact]
    public async Task VerifyFile_RefusedAsAWhole_IsNotTriedAgain()
    {
        await using var folder = await RoundFolder.StartAsync();
        folder.Register.Refuse = _ => Faults.Status(StatusCode.OutOfRange, "REVISION_UNKNOWN", "no such revision");

        var result = await folder.VerifyAsync(Input);

        Assert.Equal(ExitCode.BadInput, result.ExitCode);
        Assert.Empty(folder.Time.Waits);
        Assert.Single(folder.Register.Asked);
    }

    [Fact]
    public async Task VerifyFile_AnotherRulebook_StopsTheRoundBeforeItIsWritten()
    {
        await using var folder = await RoundFolder.StartAsync();
        folder.Register.Refuse = _ =>
        {
            if (folder.Register.Asked.Count == 4)
                folder.Register.Rulebook = "2026.2";
            return null;
        };

        var stopped = await folder.VerifyAsync(Input);

        Assert.Equal(ExitCode.BadInput, stopped.ExitCode);
        Assert.Contains(
            "the service answers under rulebook 2026.2 now, and this round began under 2026.1: nothing of the new one was written",
            stopped.Error,
            StringComparison.Ordinal);
        Assert.Equal(3_000, folder.Rows.Length);
        Assert.Equal("2026.1", folder.Record.GetProperty("rulebook").GetString());

        // Who may name a rulebook goes on under the old one.
        var resumed = await folder.VerifyAsync(Input, "--resume", "--rulebook", "2026.1");

        Assert.Equal(ExitCode.Rejects, resumed.ExitCode);
        Assert.Equal(await UndisturbedAsync(), folder.Verdicts);
    }

    /// <summary>What a killed process leaves: a record, and behind what it describes any bytes more.</summary>
    [Fact]
    public async Task Resume_BytesThatNobodyNoted_AreCutOff()
    {
        await using var folder = await RoundFolder.StartAsync();
        await StopAfterAsync(folder, 1_500);
        await File.AppendAllTextAsync(folder.Output, "1501,BJ000", Token);

        var resumed = await folder.VerifyAsync(Input, "--resume");

        Assert.Equal(ExitCode.Rejects, resumed.ExitCode);
        Assert.Equal(await UndisturbedAsync(), folder.Verdicts);
    }

    [Fact]
    public async Task Resume_OnALaterDay_KeepsDateAndRevision()
    {
        await using var folder = await RoundFolder.StartAsync();
        await StopAfterAsync(folder, 1_500);
        folder.Register.Asked.Clear();

        await folder.VerifyAsync(Input, "--resume");

        Assert.All(folder.Register.Asked, batch => Assert.Equal(5313, batch.KnownAtRevision));
        Assert.All(folder.Register.Asked.SelectMany(batch => batch.Checks), check => Assert.Equal(Samples.Day(2026, 5, 4), check.AsOf));
        Assert.Equal("BJ00001501", folder.Register.Asked[0].Checks[0].PermitNumber);
    }

    [Fact]
    public async Task Resume_Interrupted_GoesOnToTheSameOutput()
    {
        await using var folder = await RoundFolder.StartAsync();
        for (var run = 0; run < 12; run++)
        {
            using var stop = new CancellationTokenSource();
            folder.Cli.Stop = stop.Token;
            var answered = 0;
            folder.Register.Refuse = _ =>
            {
                if (++answered > run % 3)
                    stop.Cancel();
                return null;
            };

            var result = await folder.VerifyAsync(Input, "--resume");

            if (result.ExitCode == ExitCode.CouldNotTell)
                Assert.EndsWith("error: interrupted\n", result.Error, StringComparison.Ordinal);
        }
        folder.Cli.Stop = Token;
        folder.Register.Refuse = _ => null;

        Assert.Equal(ExitCode.Rejects, (await folder.VerifyAsync(Input, "--resume")).ExitCode);
        Assert.Equal(await UndisturbedAsync(), folder.Verdicts);
    }

    [Fact]
    public async Task Resume_StandardInput_ReadsTheSameAgain()
    {
        await using var folder = await RoundFolder.StartAsync();
        folder.Cli.Input = Encoding.UTF8.GetBytes(Input);
        folder.Register.RefuseCheck = Refuse(1_500);
        string[] args = ["verify", "--file", "-", "--out", folder.Output, "--entitlement", "home_purchase", "--resume"];
        Assert.Equal(ExitCode.CouldNotTell, (await folder.Cli.RunAsync(args)).ExitCode);
        folder.Register.RefuseCheck = _ => null;

        folder.Cli.Input[0] ^= 1;
        var other = await folder.Cli.RunAsync(args);
        folder.Cli.Input[0] ^= 1;
        var same = await folder.Cli.RunAsync(args);

        Assert.Equal((ExitCode.BadInput, "error: --resume needs the input that the round began with; this one is another\n"), (other.ExitCode, other.Error));
        Assert.Equal(ExitCode.Rejects, same.ExitCode);
        Assert.Equal(await UndisturbedAsync(), folder.Verdicts);
    }

    [Fact]
    public async Task Resume_OtherOptions_AreRefused()
    {
        await using var folder = await RoundFolder.StartAsync();
        await StopAfterAsync(folder, 1_500);

        var result = await folder.VerifyAsync(Input, "--resume", "--as-of", "2026-05-05");

        Assert.Equal((ExitCode.BadInput, "error: --resume needs the options that the round began with\n"), (result.ExitCode, result.Error));
    }

    [Fact]
    public async Task Resume_OutputThatWasChanged_IsRefusedAndLeftAlone()
    {
        await using var folder = await RoundFolder.StartAsync();
        await StopAfterAsync(folder, 1_500);
        var changed = folder.Verdicts.Replace("VALID", "valid", StringComparison.Ordinal);
        await File.WriteAllTextAsync(folder.Output, changed, Token);

        var result = await folder.VerifyAsync(Input, "--resume");

        Assert.Equal((ExitCode.BadInput, "error: --out is not what the round has written: it was changed since\n"), (result.ExitCode, result.Error));
        Assert.Equal(changed, folder.Verdicts);
    }

    [Fact]
    public async Task Resume_CompleteRound_AsksNothing()
    {
        await using var folder = await RoundFolder.StartAsync();
        var first = await folder.VerifyAsync(Input, "--json");
        folder.Register.Asked.Clear();

        var again = await folder.VerifyAsync(Input, "--json", "--resume");

        Assert.Equal((first.ExitCode, first.Output, "{\"note\":{\"message\":\"this round is complete: nothing was asked\"}}\n"), (again.ExitCode, again.Output, again.Error));
        Assert.Empty(folder.Register.Asked);
    }

    [Fact]
    public async Task VerifyFile_OutputIsThere_IsNotWrittenOver()
    {
        await using var folder = await RoundFolder.StartAsync();
        await File.WriteAllTextAsync(folder.Output, "precious", Token);

        foreach (var options in new string[][] { [], ["--resume"] })
        {
            var result = await folder.VerifyAsync(Input, options);

            Assert.Equal((ExitCode.BadInput, "error: --out is there already; --resume goes on with a round that has stopped\n"), (result.ExitCode, result.Error));
            Assert.Equal("precious", folder.Verdicts);
        }
    }

    private static Func<Permits.Verification.V1.VerifyPermitRequest, Google.Rpc.Status?> Refuse(int row) => check =>
        check.PermitNumber.EndsWith($"{row + 1:D8}", StringComparison.Ordinal)
            ? Faults.Status(StatusCode.ResourceExhausted, "UNKNOWN_BUDGET_EXHAUSTED", "spent", TimeSpan.FromSeconds(90))
            : null;

    /// <summary>Begins a round that stops after so many rows.</summary>
    private static async Task StopAfterAsync(RoundFolder folder, int rows)
    {
        folder.Register.RefuseCheck = Refuse(rows);
        Assert.Equal(ExitCode.CouldNotTell, (await folder.VerifyAsync(Input)).ExitCode);
        Assert.Equal(rows, folder.Rows.Length);
        folder.Register.RefuseCheck = _ => null;
    }

    /// <summary>The output of a round that nothing stopped.</summary>
    private static async Task<string> UndisturbedAsync()
    {
        await using var folder = await RoundFolder.StartAsync();
        await folder.VerifyAsync(Input);
        return folder.Verdicts;
    }
}
