using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Verification.Cli.Shell;
using Verification.Cli.Tests.Support;

namespace Verification.Cli.Tests.Commands;

public sealed class ConsumerCommandTests
{
    [Fact]
    public async Task NewKey_Json_IsAKeyAndItsDigest()
    {
        await using var cli = await CommandLine.StartAsync();

        var first = await cli.RunAsync("consumer", "new-key", "--name", "housing-chaoyang", "--json");
        var second = await cli.RunAsync("consumer", "new-key", "--json");

        Assert.Equal(ExitCode.Answered, first.ExitCode);
        var made = JsonDocument.Parse(first.Output).RootElement;
        var key = made.GetProperty("key").GetString()!;
        Assert.Matches("^pv_[A-Za-z0-9_-]{43}$", key);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key))), made.GetProperty("sha256").GetString());
        Assert.Equal("housing-chaoyang", made.GetProperty("name").GetString());
        Assert.NotEqual(key, JsonDocument.Parse(second.Output).RootElement.GetProperty("key").GetString());
    }

    [Fact]
    public async Task NewKey_Text_ShowsTheLineToConfigure()
    {
        await using var cli = await CommandLine.StartAsync();

        var result = await cli.RunAsync("consumer", "new-key", "--name", "school-xicheng");

        Assert.Contains("shown only now", result.Output, StringComparison.Ordinal);
        Assert.Contains("under \"school-xicheng\"", result.Output, StringComparison.Ordinal);
        Assert.Matches("\"keys\": \\[{ \"sha256\": \"[0-9a-f]{64}\" }\\]", result.Output);
    }

    [Theory]
    [InlineData("Housing")]
    [InlineData("1housing")]
    [InlineData("a b")]
    [InlineData("")]
    public async Task NewKey_BadName_IsRefused(string name)
    {
        await using var cli = await CommandLine.StartAsync();

        var result = await cli.RunAsync("consumer", "new-key", "--name", name);

        Assert.Equal(ExitCode.BadInput, result.ExitCode);
        Assert.Empty(result.Output);
    }
}
