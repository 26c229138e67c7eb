using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Verification.Server.Tests.Support;

/// <summary>An OIDC issuer on this machine: its metadata, its keys, and the tokens it signs.</summary>
internal sealed class TestIssuer : IAsyncDisposable
{
    public const string Audience = "permits";

    private readonly WebApplication _app;
    private readonly RSA _key = RSA.Create(2048);

    private TestIssuer(WebApplication app) => _app = app;

    public string Url => _app.Urls.Single();

    public static async Task<TestIssuer> StartAsync()
    {
        // Empty: the settings beside the tests are the server's.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        var issuer = new TestIssuer(builder.Build());
        issuer._app.MapGet("/.well-known/openid-configuration", () => Results.Json(new { issuer = issuer.Url, jwks_uri = $"{issuer.Url}/jwks" }));
        issuer._app.MapGet("/jwks", () => Results.Json(new { keys = new[] { issuer.PublicKey() } }));
        await issuer._app.StartAsync(TestContext.Current.CancellationToken);
        return issuer;
    }

    /// <summary>A good token for an hour from the test's now, but for what is changed in it.</summary>
    public string Token(string subject, Action<SecurityTokenDescriptor>? change = null)
    {
        var descriptor = new SecurityTokenDescriptor
        {
            Issuer = Url,
            Audience = Audience,
            IssuedAt = TestServer.Now.UtcDateTime,
            NotBefore = TestServer.Now.UtcDateTime,
            Expires = TestServer.Now.UtcDateTime.AddHours(1),
            Claims = new Dictionary<string, object> { ["sub"] = subject },
            SigningCredentials = new SigningCredentials(new RsaSecurityKey(_key) { KeyId = "one" }, SecurityAlgorithms.RsaSha256),
        };
        change?.Invoke(descriptor);
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(descriptor);
    }

    /// <summary>The bytes of the public key, which a careless verifier takes for a shared secret.</summary>
    public byte[] PublicKeyBytes() => _key.ExportSubjectPublicKeyInfo();

    public SigningCredentials Credentials(string algorithm) => new(new RsaSecurityKey(_key) { KeyId = "one" }, algorithm);

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _key.Dispose();
    }

    private object PublicKey()
    {
        var parameters = _key.ExportParameters(includePrivateParameters: false);
        return new { kty = "RSA", use = "sig", kid = "one", n = Base64UrlEncoder.Encode(parameters.Modulus), e = Base64UrlEncoder.Encode(parameters.Exponent) };
    }
}
