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

    [Fact]
    public async Task Refusals_RoleMissing_AreOneLineAMinuteAndEachIsCounted()
    {
        using var telemetry = new CollectedTelemetry();
        await using var server = await TestServer.StartAsync(args: [.. TestConsumers.School("role-less", $"Keys:0:Sha256={TestConsumers.DigestOf("role-less")}")]);
        using var channel = server.Connect("role-less");
        var client = new Permits.Registry.V1.RegistryService.RegistryServiceClient(channel);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal("ROLE_MISSING", (await Calls.ErrorOfAsync(async () => await client.GetPermitAsync(new()))).Reason);
        }

        Assert.Contains("role-less", Assert.Single(Told(server)), StringComparison.Ordinal);
        Assert.Equal(
            3,
            telemetry.Texts.Count(text => text.Contains("verification.refusals", StringComparison.Ordinal)
                && text.Contains("ROLE_MISSING", StringComparison.Ordinal)
                && text.Contains("role-less", StringComparison.Ordinal)));
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
