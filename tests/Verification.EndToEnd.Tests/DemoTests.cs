using System.Text.RegularExpressions;

namespace Verification.EndToEnd.Tests;

/// <summary>What the README promises a newcomer.</summary>
public sealed partial class DemoTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Verify_EachExampleOfTheGreeting_IsAnsweredAsPromised()
    {
        await using var server = await DemoServer.StartAsync(_folder.PathOf("data"));
        var examples = Example().Matches(server.Greeting);

        Assert.Equal(5, examples.Count);
        foreach (Match example in examples)
        {
            var (exitCode, output, errors) = await Programs.PermitCtlAsync(
                "verify", example.Groups["number"].Value, "--address", server.Address, "--api-key", "demo-authority");
            Assert.Equal((0, string.Empty), (exitCode, errors));
            Assert.Matches($@"Status\s+{example.Groups["status"].Value}\b", output);
        }
    }

    [Fact]
    public async Task Start_OnTheDataOfAnEarlierStart_KeepsWhatWasRecorded()
    {
        string number;
        await using (var server = await DemoServer.StartAsync(_folder.PathOf("data")))
        {
            number = Example().Match(server.Greeting).Groups["number"].Value;
            var (exitCode, _, _) = await Programs.PermitCtlAsync(
                "record", number, "cancelled", "--address", server.Address, "--api-key", "demo-authority");
            Assert.Equal(0, exitCode);
        }

        await using var again = await DemoServer.StartAsync(_folder.PathOf("data"));
        var (_, output, _) = await Programs.PermitCtlAsync(
            "verify", number, "--address", again.Address, "--api-key", "demo-authority");
        Assert.Matches(@"Status\s+CANCELLED", output);
    }

    [GeneratedRegex(@"^  (?<number>[A-Z]{2}\d{4}D\d{5})  \w+: (?<status>[A-Z_]+)", RegexOptions.Multiline)]
    private static partial Regex Example();
}
