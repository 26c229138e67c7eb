using Google.Type;
using Permits.Verification.V1;
using Verification.Cli.Shell;
using Verification.Cli.Tests.Support;

namespace Verification.Cli.Tests.Commands;

/// <summary><c>verify --exit-code</c>: the verdict for a script that looks at nothing else. No no is ever 0.</summary>
public sealed class VerifyExitCodeTests
{
    [Theory]
    [InlineData(PermitStatus.Valid, ExitCode.Answered)]
    [InlineData(PermitStatus.Frozen, ExitCode.Frozen)]
    [InlineData(PermitStatus.Expired, ExitCode.Expired)]
    [InlineData(PermitStatus.Cancelled, ExitCode.Cancelled)]
    [InlineData(PermitStatus.NotYetValid, ExitCode.NotYetValid)]
    [InlineData(PermitStatus.NotFound, ExitCode.NotFound)]
    [InlineData((PermitStatus)99, ExitCode.CouldNotTell)]
    public async Task Verify_ExitCode_TellsTheStatus(PermitStatus status, int exitCode) =>
        Assert.Equal(exitCode, await RunAsync(verdict => verdict.Status = status));

    [Fact]
    public async Task Verify_WithoutIt_IsAnswered()
    {
        await using var cli = await CommandLine.StartAsync();
        cli.Script.Verify = _ => Samples.Frozen();
        cli.Script.Rulebook = _ => Samples.Rulebook();

        Assert.Equal(ExitCode.Answered, (await cli.RunAsync("verify", "BJ2024000017")).ExitCode);
    }

    [Theory]
    [InlineData(true, PermitStatus.Unspecified, ExitCode.Answered)]
    [InlineData(false, PermitStatus.Frozen, ExitCode.Frozen)]
    [InlineData(false, PermitStatus.Expired, ExitCode.Expired)]
    public async Task Verify_Through_TellsTheFirstDayNotValid(bool valid, PermitStatus status, int exitCode)
    {
        var throughout = new Throughout { Through = new Date { Year = 2027, Month = 1, Day = 1 }, Valid = valid, Status = status };

        Assert.Equal(exitCode, await RunAsync(verdict => verdict.Throughout = throughout, "--through", "2027-01-01"));
    }

    [Fact]
    public async Task Verify_ThroughOfAServiceTooOldForIt_CouldNotTell() =>
        Assert.Equal(ExitCode.CouldNotTell, await RunAsync(verdict => verdict.Throughout = null, "--through", "2027-01-01"));

    [Theory]
    [InlineData(SubjectMatch.Matched, ExitCode.Answered)]
    [InlineData(SubjectMatch.NotMatched, ExitCode.NotMatched)]
    [InlineData(SubjectMatch.NotChecked, ExitCode.NotCompared)]
    [InlineData(SubjectMatch.Unspecified, ExitCode.NotCompared)]
    public async Task Verify_Id_TellsWhetherItIsThatPersons(SubjectMatch match, int exitCode) =>
        Assert.Equal(exitCode, await RunAsync(verdict => verdict.SubjectMatch = match, "--id", "110105199003072338"));

    [Theory]
    [InlineData(CardMatch.Current, ExitCode.Answered)]
    [InlineData(CardMatch.Superseded, ExitCode.NotCurrent)]
    [InlineData(CardMatch.NotIssued, ExitCode.NotCurrent)]
    [InlineData(CardMatch.NotChecked, ExitCode.NotCurrent)]
    public async Task Verify_Edition_TellsWhetherItIsTheCurrentCard(CardMatch match, int exitCode) =>
        Assert.Equal(exitCode, await RunAsync(verdict => verdict.CardMatch = match, "--edition", "1"));

    [Fact]
    public async Task Verify_ExitCodes_AreAllInTheHelpAndInTheDocs()
    {
        await using var cli = await CommandLine.StartAsync();
        var help = (await cli.RunAsync("verify", "--help")).Output;
        var page = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "permitctl.md"), TestContext.Current.CancellationToken);

        foreach (var field in typeof(ExitCode).GetFields().Where(field => (int)field.GetRawConstantValue()! >= ExitCode.Frozen))
        {
            var code = $"{field.GetRawConstantValue()}";
            Assert.Matches($@"\b{code}\b", help);
            Assert.Contains($"| {code} |", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Verify_ExitCodeWithAFile_IsRefused()
    {
        await using var cli = await CommandLine.StartAsync();

        var result = await cli.RunAsync("verify", "--file", "numbers.txt", "--out", "verdicts.csv", "--exit-code");

        Assert.Equal(ExitCode.BadInput, result.ExitCode);
        Assert.StartsWith("error: --exit-code is for one NUMBER", result.Error, StringComparison.Ordinal);
    }

    private static async Task<int> RunAsync(Action<Verdict> change, params string[] options)
    {
        await using var cli = await CommandLine.StartAsync();
        cli.Script.Verify = _ =>
        {
            var answer = Samples.Valid();
            change(answer.Verdict);
            return answer;
        };
        return (await cli.RunAsync(["verify", "BJ2024000017", "--json", "--exit-code", .. options])).ExitCode;
    }
}
