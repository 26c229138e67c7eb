using Verification.Cli.Shell;
using Verification.Cli.Tests.Support;

namespace Verification.Cli.Tests.Commands;

public sealed class RulebookCommandTests
{
    [Theory]
    [InlineData("")]
    [InlineData("2026.1")]
    public async Task Rulebook_Version_IsAskedForAndShown(string version)
    {
        await using var cli = await CommandLine.StartAsync();
        var asked = new List<string>();
        cli.Script.Rulebook = request =>
        {
            asked.Add(request.Version);
            return Samples.Rulebook();
        };

        var result = await cli.RunAsync(version.Length == 0 ? ["rulebook"] : ["rulebook", version]);

        Assert.Equal((ExitCode.Answered, ""), (result.ExitCode, result.Error));
        Assert.Equal([version], asked);
        Assert.Contains("INSPECTION_MISSED 冻结", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rulebook_Json_IsTheAnswer()
    {
        await using var cli = await CommandLine.StartAsync();
        cli.Script.Rulebook = _ => Samples.Rulebook();

        Assert.Equal(System.Text.Json.JsonValueKind.Object, (await cli.RunAsync("rulebook", "--json")).Json.GetProperty("rulebook").ValueKind);
    }

}
