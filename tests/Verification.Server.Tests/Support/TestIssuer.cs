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
    private RSA _key = RSA.Create(2048);
    private string _keyId = "one";
    private int _fetches;

    private TestIssuer(WebApplication app) => _app = app;

    public string Url => _app.Urls.Single();

    /// <summary>How often its metadata or its keys were asked for.</summary>
    public int Fetches => Volatile.Read(ref _fetches);

    /// <summary>Whether it answers with errors.</summary>
    public bool IsBroken { get; set; }

    public static async Task<TestIssuer> StartAsync()
    {
        // Empty: the settings beside the tests are the server's.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        var issuer = new TestIssuer(builder.Build());
        issuer._app.Use((context, next) =>
        {
            Interlocked.Increment(ref issuer._fetches);
            context.Response.StatusCode = issuer.IsBroken ? StatusCodes.Status500InternalServerError : StatusCodes.Status200OK;
            return issuer.IsBroken ? Task.CompletedTask : next(context);
        });
        issuer._app.UseRouting();
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
            SigningCredentials = new SigningCredentials(new RsaSecurityKey(_key) { KeyId = _keyId }, SecurityAlgorithms.RsaSha256),
        };
        change?.Invoke(descriptor);
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(descriptor);
    }

    /// <summary>A token of this issuer's with a header and a payload as given, duplicates and all, rightly signed.</summary>
    /// <param name="header">Members added to the header, as in <c>"crit":["x"],</c>.</param>
    /// <param name="payload">Members added before those of a good token.</param>
    /// <param name="subject">The subject.</param>
    public string Token(string header, string payload, string subject)
    {
        var now = TestServer.Now.ToUnixTimeSeconds();
        var head = $$"""{{{header}}"alg":"RS256","kid":"{{_keyId}}"}""";
        var body = $$"""{{{payload}}"iss":"{{Url}}","aud":"{{Audience}}","nbf":{{now}},"exp":{{now + 3600}},"sub":"{{subject}}"}""";
        var signed = $"{Base64UrlEncoder.Encode(head)}.{Base64UrlEncoder.Encode(body)}";
        var signature = _key.SignData(System.Text.Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{signed}.{Base64UrlEncoder.Encode(signature)}";
    }

    /// <summary>Signs with a new key from now on, and takes the old one back.</summary>
    public void Rotate(string keyId)
    {
        _key.Dispose();
        _key = RSA.Create(2048);
        _keyId = keyId;
    }

    /// <summary>The bytes of the public key, which a careless verifier takes for a shared secret.</summary>
    public byte[] PublicKeyBytes() => _key.ExportSubjectPublicKeyInfo();

    public SigningCredentials Credentials(string algorithm) => new(new RsaSecurityKey(_key) { KeyId = _keyId }, algorithm);

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _key.Dispose();
    }

    private object PublicKey()
    {
        var parameters = _key.ExportParameters(includePrivateParameters: false);
        return new { kty = "RSA", use = "sig", kid = _keyId, n = Base64UrlEncoder.Encode(parameters.Modulus), e = Base64UrlEncoder.Encode(parameters.Exponent) };
    }
}
