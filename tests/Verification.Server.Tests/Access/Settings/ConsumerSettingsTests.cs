using Grpc.Core;
using Verification.Server.Configuration;
using Verification.Server.Tests.Support;

namespace Verification.Server.Tests.Access.Settings;

public sealed class ConsumerSettingsTests
{
    private const string Bare = "--Verification:Identity:DigestKey=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    [Theory]
    [InlineData("Class=kindergarten", "Class is 'kindergarten'; it must be one of housing_registry, vehicle_lottery, school, issuing_authority.")]
    [InlineData("Class=3", "Class is '3'; it must be one of")]
    [InlineData("Class=", "Class is required.")]
    [InlineData("Roles:0=ask", "Roles:0 is 'ask'; it must be one of verify, register, audit, operate.")]
    [InlineData("Roles:0=none", "Roles:0 is 'none'; it must be one of")]
    [InlineData("Roles:1=register", "Roles may have register only for class issuing_authority.")]
    [InlineData("Role=verify", "Role is no setting.")]
    [InlineData("Keys:0:Sha256=abc", "Keys:0:Sha256 must be a SHA-256 digest")]
    [InlineData("Keys:0:Expire=2027-01-01T00:00:00Z", "Keys:0:Expire is no setting.")]
    [InlineData("Keys:0:Expires=2027-01-01", "it must be an instant")]
    [InlineData("Keys:0:Expires=2027-01-01T00:00:00", "it must be an instant")]
    [InlineData("Keys:0:Revoked=yes", "Keys:0:Revoked is 'yes'; it must be true or false.")]
    [InlineData("Keys:0:Revoked:x=true", "Keys:0:Revoked has settings of its own; it must be a single value: true or false.")]
    [InlineData("Limits:CheckBurst=999", "Limits:CheckBurst must be at least 1000")]
    [InlineData("Limits:ChecksPerSecond=0", "Limits:ChecksPerSecond is '0'; it must be a whole number from 1")]
    [InlineData("Limits:BatchUnknownBurst=0", "Limits:BatchUnknownBurst is '0'; it must be a whole number from 1")]
    [InlineData("Limits:BatchUnknownPerMinute:x=1", "Limits:BatchUnknownPerMinute has settings of its own; it must be a single value")]
    [InlineData("Limits:ChecksPerMinute=9", "Limits:ChecksPerMinute is no setting.")]
    [InlineData("Certificates:0:San=a.example", "ClientCertificates:AuthorityFile is not set.")]
    [InlineData("Certificates:0:San=*.example", "Certificates:0:San must be a whole DNS name")]
    [InlineData("Certificates:0:SpkiSha256=12", "Certificates:0:SpkiSha256 must be a SHA-256 digest")]
    [InlineData("Tokens:0:Subject=a", "Tokens:Issuer is not set.")]
    public async Task Start_WrongSetting_IsRefusedByItsName(string setting, string problem)
    {
        var refusal = await RefusalAsync([.. Good("north"), $"--Verification:Consumers:north:{setting}"]);

        Assert.Contains(refusal.Problems, told => told.Contains(problem, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Start_SeveralWrongConsumers_AreAllTold()
    {
        var refusal = await RefusalAsync(
            "--Verification:Consumers:North:Class=school",
            "--Verification:Consumers:south:Class=x",
            "--Verification:Consumers:south:Roles:0=y",
            "--Verification:Consumers:south:Keys:0:Sha256=z",
            "--Verification:Consumers:east=text");

        Assert.True(refusal.Problems.Count >= 9, refusal.Message);
    }

    [Fact]
    public async Task Start_ConsumersShareAKey_IsRefused()
    {
        var refusal = await RefusalAsync([.. Good("north"), .. Good("south", key: "north")]);

        Assert.Equal("Two consumers' Keys have the same Sha256.", Assert.Single(refusal.Problems));
    }

    [Fact]
    public async Task Start_DemoKeyWithoutDemo_IsRefused()
    {
        var refusal = await RefusalAsync([.. Good("north", key: "demo-authority")]);

        Assert.Contains("--demo alone", Assert.Single(refusal.Problems), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Verification:Tokens:Issuer=http://issuer.example", "Issuer must be an https address.")]
    [InlineData("Verification:Tokens:Issuer=https://issuer.example", "Audience is required")]
    [InlineData("Verification:Tokens:Audience=permits", "Issuer is required")]
    [InlineData("Verification:Tokens:Issuers=https://issuer.example", "Issuers")]
    [InlineData("Verification:ClientCertificates:RevocationMode=Sometimes", "RevocationMode")]
    [InlineData("Verification:ClientCertificates:AuthorityFile=/nowhere.pem", "AuthorityFile cannot be read")]
    [InlineData("Verification:Limits:ChecksInFlight=1", "ChecksInFlight is '1'; it must be a whole number from")]
    [InlineData("Verification:Limits:CheckInFlight=5000", "CheckInFlight")]
    public async Task Start_WrongAccessOrLimits_IsRefusedByName(string setting, string problem)
    {
        var refusal = await RefusalAsync($"--{setting}");

        Assert.Contains(refusal.Problems, told => told.Contains(problem, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Start_TokenAlgorithmWithASharedKey_IsRefused()
    {
        var refusal = await RefusalAsync(
            "--Verification:Tokens:Issuer=https://issuer.example",
            "--Verification:Tokens:Audience=permits",
            "--Verification:Tokens:Algorithms:0=HS256");

        Assert.Contains("Algorithms must be among", Assert.Single(refusal.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_NothingConfigured_StartsWithAWarningAndLetsNobodyIn()
    {
        await using var server = await TestServer.StartAsync(withConsumers: false);

        var error = await Calls.ErrorOfAsync(() => server.VerdictAsync(Calls.Check("BJ2024000017")));

        Assert.Equal((StatusCode.Unauthenticated, "CREDENTIAL_INVALID"), error);
        await server.UntilReadyAsync();
        Assert.Contains(server.Logs.Texts, text => text.Contains("nobody gets in", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("demo-housing", "OK")]
    [InlineData("demo-vehicle", "OK")]
    [InlineData("demo-school", "OK")]
    [InlineData("demo-authority", "OK")]
    [InlineData("demo", "Unauthenticated")]
    public async Task DemoKeys_WithAndWithoutDemo_AreLetInOnlyThere(string key, string expected)
    {
        await using var demo = await TestServer.StartAsync(args: "--demo");
        await using var server = await TestServer.StartAsync();

        Assert.Equal(expected, await AskAsync(demo, key));
        Assert.Equal("Unauthenticated", await AskAsync(server, key));
    }

    private static async Task<string> AskAsync(TestServer server, string key)
    {
        using var channel = server.Connect(key);
        try
        {
            await new Permits.Verification.V1.VerificationService.VerificationServiceClient(channel).GetRulebookAsync(new());
            return "OK";
        }
        catch (RpcException error)
        {
            return error.StatusCode.ToString();
        }
    }

    private static IEnumerable<string> Good(string name, string? key = null) =>
    [
        $"--Verification:Consumers:{name}:Class=school",
        $"--Verification:Consumers:{name}:Roles:0=verify",
        $"--Verification:Consumers:{name}:Keys:0:Sha256={TestConsumers.DigestOf(key ?? name)}",
    ];

    private static async Task<StartRefusedException> RefusalAsync(params string[] args)
    {
        using var audit = new AuditHome();
        return await Assert.ThrowsAsync<StartRefusedException>(
            () => Program.CreateAsync([Bare, .. audit.Arguments, .. args], TimeProvider.System));
    }
}
