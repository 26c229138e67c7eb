using System.Text;
using Verification.Cli.Shell;
using Verification.Cli.Tests.Support;

namespace Verification.Cli.Tests.Completion;

/// <summary>What may follow what is typed: asked as the scripts ask it.</summary>
public sealed class CompletionTests
{
    [Theory]
    [InlineData("permitctl ver", "verify")]
    [InlineData("permitctl registry res", "restored")]
    [InlineData("permitctl verify BJ2024000017 --as", "--as-of")]
    [InlineData("permitctl verify BJ2024000017 --thr", "--through")]
    [InlineData("permitctl completion b", "bash")]
    [InlineData("permitctl --lang z", "zh")]
    [InlineData("permitctl verify BJ2024000017 --role ch", "child")]
    [InlineData("permitctl verify BJ2024000017 --document pas", "passport")]
    [InlineData("permitctl verify BJ2024000017 --entitlement home", "home_purchase")]
    [InlineData("permitctl record BJ2024000017 reis", "reissued")]
    [InlineData("permitctl record BJ2024000017 issued --kind work", "work_residence_permit")]
    public async Task Complete_BegunWord_IsCompleted(string line, string word) => Assert.Equal([word], await CompleteAsync(line));

    [Fact]
    public async Task Complete_NewWord_OffersAllThatMayCome()
    {
        var words = await CompleteAsync("permitctl ");

        Assert.Superset(new HashSet<string> { "verify", "import", "context", "completion" }, words.ToHashSet());
        Assert.DoesNotContain("complete", words);
    }

    [Theory]
    [InlineData("permitctl verify BJ2024000017 nothing-begins-so")]
    [InlineData("")]
    [InlineData("permitctl \"verify")]
    public async Task Complete_NothingFits_OffersNothingAndSaysNothing(string line)
    {
        await using var cli = await CommandLine.StartAsync();
        cli.Input = Encoding.UTF8.GetBytes(line);

        var result = await cli.RunAsync("complete");

        Assert.Equal((ExitCode.Answered, ""), (result.ExitCode, result.Error));
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    [InlineData("powershell")]
    [InlineData("PowerShell")]
    public async Task Completion_Shell_IsAScriptThatAsksThroughTheInput(string shell)
    {
        await using var cli = await CommandLine.StartAsync();

        var result = await cli.RunAsync("completion", shell);

        Assert.Equal((ExitCode.Answered, ""), (result.ExitCode, result.Error));
        Assert.Contains("| ", result.Output, StringComparison.Ordinal);
        Assert.Contains("complete", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Completion_ShellThatThereIsNot_IsRefused()
    {
        await using var cli = await CommandLine.StartAsync();

        Assert.Equal("error: SHELL must be one of: bash, zsh, fish, powershell\n", (await cli.RunAsync("completion", "tcsh")).Error);
    }

    private static async Task<string[]> CompleteAsync(string line)
    {
        await using var cli = await CommandLine.StartAsync();
        cli.Input = Encoding.UTF8.GetBytes(line);
        var result = await cli.RunAsync("complete");
        Assert.Equal((ExitCode.Answered, ""), (result.ExitCode, result.Error));
        return result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
