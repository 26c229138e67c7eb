using Permits.Verification.V1;
using Verification.Server.Tests.Support;

namespace Verification.Server.Tests.Access;

/// <summary>Who knocks again and again writes no log.</summary>
public sealed class RefusalLogTests
{
    [Fact]
    public async Task Refusals_FiveHundredWrongKeys_AreOneLineAMinute()
    {
        await using var server = await TestServer.StartAsync();
        await KnockAsync(server, 500);

        Assert.Single(Told(server), line => line.Contains("was refused: Invalid credential", StringComparison.Ordinal));
        Assert.Single(Told(server));

        server.Clock.Advance(TimeSpan.FromMinutes(1));
        await KnockAsync(server, 1);

        Assert.Equal(2, Told(server).Count);
        Assert.Contains("Others like it since the last such line: 499.", Told(server)[1], StringComparison.Ordinal);
    }

    private static List<string> Told(TestServer server) =>
        [.. server.Logs.Texts.Where(line => line.Contains("Access", StringComparison.Ordinal) || line.Contains("Authentic", StringComparison.Ordinal))];

    private static async Task KnockAsync(TestServer server, int times)
    {
        using var channel = server.Connect("no key of anybody");
        var client = new VerificationService.VerificationServiceClient(channel);
        for (var i = 0; i < times; i++)
        {
            Assert.Equal("CREDENTIAL_INVALID", (await Calls.ErrorOfAsync(async () => await client.GetRulebookAsync(new()))).Reason);
        }
    }
}
