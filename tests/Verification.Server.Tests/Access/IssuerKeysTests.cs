using System.Reflection;
using System.Security.Cryptography;
using Google.Rpc;
using Grpc.Core;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using Verification.Server.Access;
using Verification.Server.Tests.Support;

namespace Verification.Server.Tests.Access;

/// <summary>An issuer that changes its keys, is away, or is asked for keys that do not exist.</summary>
public sealed class IssuerKeysTests
{
    private const string Invalid = "Unauthenticated CREDENTIAL_INVALID";

    [Fact]
    public async Task Key_Changed_TheNewIsTakenAndTheOldRefusedWithoutARestart()
    {
        await using var issuer = await TestIssuer.StartAsync();
        await using var server = await StartAsync(issuer);
        var old = issuer.Token("school-9");
        using var open = server.Connect(old);
        Assert.Equal("OK", await AskAsync(server, old));
        Assert.Equal("OK", await AskAsync(new Caller(open)));

        issuer.Rotate("two");
        var young = issuer.Token("school-9");

        // The first token of an unknown key makes the server fetch the keys; it does not wait for them.
        await AnswersInTheEndAsync(server, young, Invalid, "OK");

        Assert.Equal(Invalid, await AskAsync(server, old));

        // An open connection remembers its decision for five minutes.
        server.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(Invalid, await AskAsync(new Caller(open)));
    }

    /// <summary>The issuer publishes other keys, and nobody has sent a token of them.</summary>
    [Fact]
    public async Task Key_TakenBackInSilence_IsRefusedWithinTenMinutes()
    {
        await using var issuer = await TestIssuer.StartAsync();
        await using var server = await StartAsync(issuer);
        UseClockOf(server);
        var token = issuer.Token("school-9");
        Assert.Equal("OK", await AskAsync(server, token));

        issuer.Rotate("two");
        server.Clock.Advance(TokenAccess.KeyRefresh * 2);

        // The first call makes the server fetch the keys; it does not wait for them.
        await AnswersInTheEndAsync(server, token, "OK", Invalid);
    }

    [Fact]
    public async Task Keys_MadeUp_DoNotMakeTheServerFetchEachTime()
    {
        await using var issuer = await TestIssuer.StartAsync();
        await using var server = await StartAsync(issuer);
        using var stranger = RSA.Create(2048);
        Assert.Equal("OK", await AskAsync(server, issuer.Token("school-9")));

        for (var i = 0; i < 200; i++)
        {
            var key = new SigningCredentials(new RsaSecurityKey(stranger) { KeyId = $"made-up-{i}" }, "RS256");
            Assert.Equal(Invalid, await AskAsync(server, issuer.Token("school-9", token => token.SigningCredentials = key)));
        }

        // Metadata and keys, at the first token and once more.
        Assert.InRange(issuer.Fetches, 2, 4);
    }

    [Fact]
    public async Task Issuer_InTroubleFromTheStart_IsLeftAloneForASecondAtATime()
    {
        await using var issuer = await TestIssuer.StartAsync();
        await using var server = await StartAsync(issuer);
        var token = issuer.Token("school-9");
        issuer.IsBroken = true;

        for (var i = 0; i < 100; i++)
        {
            Assert.Equal("Unavailable ISSUER_UNAVAILABLE", await AskAsync(server, token));
        }

        // The framework's client tries a failed fetch a second time.
        Assert.InRange(issuer.Fetches, 1, 2);
        issuer.IsBroken = false;
        server.Clock.Advance(PacedRetriever.Pause);
        Assert.Equal("OK", await AskAsync(server, token));
    }

    private static async Task<string> AskAsync(TestServer server, string token)
    {
        using var channel = server.Connect(token);
        return await AskAsync(new Caller(channel));
    }

    private static async Task<string> AskAsync(Caller caller)
    {
        try
        {
            await caller.Permits.GetRulebookAsync(new());
            return "OK";
        }
        catch (RpcException error)
        {
            return $"{error.StatusCode} {error.GetRpcStatus()?.GetDetail<ErrorInfo>()?.Reason}";
        }
    }

    /// <summary>Asks until the answer is another.</summary>
    private static Task AnswersInTheEndAsync(TestServer server, string token, string before, string after) => Eventually.TrueAsync(
        async () =>
        {
            var outcome = await AskAsync(server, token);
            Assert.True(outcome == before || outcome == after, outcome);
            return outcome == after;
        },
        $"It does not answer {after}.");

    /// <summary>The framework's keeper of keys has a clock of its own, which only its own tests can reach.</summary>
    private static void UseClockOf(TestServer server)
    {
        var keeper = server.Service<IOptionsMonitor<JwtBearerOptions>>().Get(Schemes.Token).ConfigurationManager!;
        var clock = keeper.GetType().GetField(nameof(TimeProvider), BindingFlags.Instance | BindingFlags.NonPublic);
        Assert.NotNull(clock);
        clock.SetValue(keeper, server.Clock);
    }

    private static Task<TestServer> StartAsync(TestIssuer issuer) => TestServer.StartAsync(args:
    [
        $"--Verification:Tokens:Issuer={issuer.Url}",
        $"--Verification:Tokens:Audience={TestIssuer.Audience}",
        .. TestConsumers.School("school-nine", "Tokens:0:Subject=school-9"),
    ]);
}
