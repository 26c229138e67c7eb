using System.Security.Cryptography;
using Google.Rpc;
using Grpc.Core;
using Microsoft.IdentityModel.Tokens;
using Permits.Verification.V1;
using Verification.Server.Tests.Support;

namespace Verification.Server.Tests.Access;

/// <summary>Tokens of an OIDC issuer, whose metadata and keys are fetched over loopback.</summary>
public sealed class TokenTests
{
    [Fact]
    public async Task Token_EveryState_IsLetInOnlyWhenRight()
    {
        await using var issuer = await TestIssuer.StartAsync();
        await using var server = await StartAsync(issuer);
        using var stranger = RSA.Create(2048);
        var now = TestServer.Now.UtcDateTime;
        var cases = new Dictionary<string, (string Token, string Expected)>
        {
            ["right"] = (issuer.Token("school-9"), "OK"),
            ["another subject"] = (issuer.Token("school-10"), "CREDENTIAL_INVALID"),
            ["no subject"] = (issuer.Token("school-9", token => token.Claims = null), "CREDENTIAL_INVALID"),
            ["no audience"] = (issuer.Token("school-9", token => token.Audience = null), "CREDENTIAL_INVALID"),
            ["another audience"] = (issuer.Token("school-9", token => token.Audience = "taxes"), "CREDENTIAL_INVALID"),
            ["another issuer"] = (issuer.Token("school-9", token => token.Issuer = "https://issuer.example"), "CREDENTIAL_INVALID"),
            ["expired"] = (issuer.Token("school-9", token => token.Expires = now.AddMinutes(-1)), "CREDENTIAL_EXPIRED"),
            ["no expiry"] = (issuer.Token("school-9", token => token.Expires = null), "CREDENTIAL_EXPIRED"),
            ["early"] = (issuer.Token("school-9", token => token.NotBefore = now.AddMinutes(1)), "CREDENTIAL_NOT_YET_VALID"),
            ["expired, by a clock that is off"] = (issuer.Token("school-9", token => token.Expires = now.AddSeconds(-29)), "OK"),
            ["expired, by more than that"] = (issuer.Token("school-9", token => token.Expires = now.AddSeconds(-30)), "CREDENTIAL_EXPIRED"),
            ["early, by a clock that is off"] = (issuer.Token("school-9", token => token.NotBefore = now.AddSeconds(30)), "OK"),
            ["early, by more than that"] = (issuer.Token("school-9", token => token.NotBefore = now.AddSeconds(31)), "CREDENTIAL_NOT_YET_VALID"),
            ["revoked"] = (issuer.Token("school-8"), "CREDENTIAL_REVOKED"),
            ["algorithm not pinned"] = (issuer.Token("school-9", token => token.SigningCredentials = issuer.Credentials("RS512")), "CREDENTIAL_INVALID"),
            ["public key as secret"] = (issuer.Token("school-9", token => token.SigningCredentials =
                new SigningCredentials(new SymmetricSecurityKey(issuer.PublicKeyBytes()) { KeyId = "one" }, "HS256")), "CREDENTIAL_INVALID"),
            ["unsigned"] = (issuer.Token("school-9", token => token.SigningCredentials = null), "CREDENTIAL_INVALID"),
            ["another key"] = (issuer.Token("school-9", token => token.SigningCredentials =
                new SigningCredentials(new RsaSecurityKey(stranger) { KeyId = "one" }, "RS256")), "CREDENTIAL_INVALID"),
            ["no token"] = ("a.b.c", "CREDENTIAL_INVALID"),
        };

        foreach (var (name, (token, expected)) in cases)
        {
            Assert.Equal((name, expected), (name, await AskAsync(server, token)));
        }
    }

    /// <summary>What a header says that must be understood (RFC 7515 §4.1.11), and whatever else makes a token another thing than it looks.</summary>
    [Theory]
    [InlineData("", "", "OK")]
    [InlineData("\"typ\":\"JWT\",", "", "OK")]
    [InlineData("\"typ\":\"at+jwt\",", "", "OK")]
    [InlineData("\"typ\":\"application/at+jwt\",", "", "OK")]
    [InlineData("\"crit\":[\"x\"],\"x\":1,", "", "CREDENTIAL_INVALID")]
    [InlineData("\"crit\":[\"exp\"],", "", "CREDENTIAL_INVALID")]
    [InlineData("\"crit\":[],", "", "CREDENTIAL_INVALID")]
    [InlineData("\"crit\":null,", "", "CREDENTIAL_INVALID")]
    [InlineData("\"crit\":[\"b64\"],\"b64\":false,", "", "CREDENTIAL_INVALID")]
    [InlineData("\"b64\":false,", "", "CREDENTIAL_INVALID")]
    [InlineData("\"zip\":\"DEF\",", "", "CREDENTIAL_INVALID")]
    [InlineData("\"enc\":\"A128GCM\",", "", "CREDENTIAL_INVALID")]
    [InlineData("\"cty\":\"JWT\",", "", "CREDENTIAL_INVALID")]
    [InlineData("\"typ\":\"logout+jwt\",", "", "CREDENTIAL_INVALID")]
    [InlineData("\"typ\":1,", "", "CREDENTIAL_INVALID")]
    [InlineData("\"alg\":\"none\",", "", "CREDENTIAL_INVALID")]
    [InlineData("\"kid\":\"other\",", "", "CREDENTIAL_INVALID")]
    [InlineData("", "\"sub\":\"school-10\",", "CREDENTIAL_INVALID")]
    [InlineData("", "\"aud\":\"taxes\",", "CREDENTIAL_INVALID")]
    [InlineData("", "\"exp\":1,", "CREDENTIAL_INVALID")]
    [InlineData("", "\"x\":{\"y\":1,\"y\":2},", "CREDENTIAL_INVALID")]
    public async Task Token_HeaderOrClaimsThatChangeItsMeaning_AreRefused(string header, string payload, string expected)
    {
        await using var issuer = await TestIssuer.StartAsync();
        await using var server = await StartAsync(issuer);

        Assert.Equal(expected, await AskAsync(server, issuer.Token(header, payload, "school-9")));
    }

    [Fact]
    public async Task Token_ExpiresOnAnOpenConnectionAndStream_BitesWithTheNextMessage()
    {
        await using var issuer = await TestIssuer.StartAsync();
        await using var server = await StartAsync(issuer);
        using var channel = server.Connect(issuer.Token("school-9"));
        var client = new VerificationService.VerificationServiceClient(channel);
        using var stream = client.StreamVerifyPermits();
        var message = new StreamVerifyPermitsRequest { Batch = new() { Checks = { Calls.Check("BJ2024000017") } } };
        await stream.RequestStream.WriteAsync(message, TestContext.Current.CancellationToken);
        Assert.True(await stream.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        await client.GetRulebookAsync(new());

        server.Clock.Advance(TimeSpan.FromMinutes(61));
        var unary = await Calls.ErrorOfAsync(async () => await client.GetRulebookAsync(new()));
        await stream.RequestStream.WriteAsync(message, TestContext.Current.CancellationToken);
        var streamed = await Calls.ErrorOfAsync(() => stream.ResponseStream.MoveNext(TestContext.Current.CancellationToken));

        Assert.Equal((StatusCode.Unauthenticated, "CREDENTIAL_EXPIRED"), unary);
        Assert.Equal(unary, streamed);
    }

    [Fact]
    public async Task Token_IssuerDoesNotAnswer_IsUnavailableAndNoRefusal()
    {
        var issuer = await TestIssuer.StartAsync();
        await using var server = await StartAsync(issuer);
        var token = issuer.Token("school-9");
        await issuer.DisposeAsync();

        using var channel = server.Connect(token);
        var client = new VerificationService.VerificationServiceClient(channel);
        Assert.Equal(
            (StatusCode.Unavailable, "ISSUER_UNAVAILABLE"),
            await Calls.ErrorOfAsync(async () => await client.GetRulebookAsync(new())));
    }

    [Fact]
    public async Task Token_NoIssuerConfigured_IsNoKeyEither()
    {
        await using var issuer = await TestIssuer.StartAsync();
        await using var server = await TestServer.StartAsync();

        Assert.Equal("CREDENTIAL_INVALID", await AskAsync(server, issuer.Token("school-9")));
    }

    private static async Task<string> AskAsync(TestServer server, string token)
    {
        using var channel = server.Connect(token);
        try
        {
            await new VerificationService.VerificationServiceClient(channel).VerifyPermitAsync(Calls.Check("BJ2024000017"));
            return "OK";
        }
        catch (RpcException error)
        {
            Assert.Equal(StatusCode.Unauthenticated, error.StatusCode);
            return error.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Reason;
        }
    }

    private static Task<TestServer> StartAsync(TestIssuer issuer) => TestServer.StartAsync(args:
    [
        $"--Verification:Tokens:Issuer={issuer.Url}",
        $"--Verification:Tokens:Audience={TestIssuer.Audience}",
        .. TestConsumers.School("school-nine", "Tokens:0:Subject=school-9", "Tokens:1:Subject=school-8", "Tokens:1:Revoked=true"),
    ]);
}
