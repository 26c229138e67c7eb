using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Grpc.Net.Client;
using Microsoft.IdentityModel.Tokens;
using Verification.Core.Rules.Codes;
using Verification.Server.Tests.Support;

namespace Verification.Server.Tests.Access;

/// <summary>Every state that a credential of one kind can be in, for each class of consumers, and a server that knows them.</summary>
internal sealed class CredentialStates : IAsyncDisposable
{
    public const string Keys = "keys";
    public const string Certificates = "certificates";
    public const string Tokens = "tokens";

    private readonly MutualTls _tls = new();
    private readonly TestCertificates _otherAuthority = new("Authority");
    private readonly RSA _otherKey = RSA.Create(2048);
    private readonly TestIssuer _issuer;

    private CredentialStates(TestIssuer issuer) => _issuer = issuer;

    public static async Task<CredentialStates> CreateAsync() => new(await TestIssuer.StartAsync());

    public Task<TestServer> StartServerAsync(ConsumerClass consumerClass)
    {
        var name = TestConsumers.Of(consumerClass);
        string[] credentials =
        [
            $"Keys:1:Sha256={TestConsumers.DigestOf($"{name}-expired")}",
            $"Keys:1:Expires={TestServer.Now:yyyy-MM-ddTHH:mm:ssZ}",
            $"Keys:2:Sha256={TestConsumers.DigestOf($"{name}-revoked")}",
            "Keys:2:Revoked=true",
            $"Keys:3:Sha256={TestConsumers.DigestOf($"{name}-early")}",
            $"Keys:3:NotBefore={TestServer.Now.AddSeconds(1):yyyy-MM-ddTHH:mm:ssZ}",
            $"Certificates:0:San={name}.example",
            $"Certificates:1:San={name}-revoked.example",
            "Certificates:1:Revoked=true",
            $"Tokens:0:Subject={name}",
            $"Tokens:1:Subject={name}-revoked",
            "Tokens:1:Revoked=true",
        ];
        return TestServer.StartAsync(args:
        [
            .. credentials.Select(setting => $"--Verification:Consumers:{name}:{setting}"),
            .. _tls.Arguments(),
            $"--Verification:Tokens:Issuer={_issuer.Url}",
            $"--Verification:Tokens:Audience={TestIssuer.Audience}",
        ]);
    }

    /// <summary>The states of a kind: their names, the reason why a caller in that state is refused (empty: let in), and its channel.</summary>
    public IEnumerable<(string State, string Refusal, Func<TestServer, GrpcChannel> Connect)> Of(string kind, ConsumerClass consumerClass)
    {
        var name = TestConsumers.Of(consumerClass);
        return kind switch
        {
            Keys => from state in KeysOf(name) select (state.Item1, state.Item2, Bearer(state.Item3)),
            Certificates => from state in CertificatesOf($"{name}.example", $"{name}-revoked.example")
                            select (state.Item1, state.Item2, Certificate(state.Item3)),
            _ => from state in TokensOf(name) select (state.Item1, state.Item2, Bearer(state.Item3)),
        };
    }

    public async ValueTask DisposeAsync()
    {
        await _issuer.DisposeAsync();
        _tls.Dispose();
        _otherAuthority.Dispose();
        _otherKey.Dispose();
    }

    private static Func<TestServer, GrpcChannel> Bearer(string text) => server => server.Connect(text);

    private static IEnumerable<(string, string, string)> KeysOf(string name) =>
    [
        ("none", "CREDENTIAL_MISSING", string.Empty),
        ("wrong", "CREDENTIAL_INVALID", $"{name}-wrong"),
        ("expired", "CREDENTIAL_EXPIRED", $"{name}-expired"),
        ("revoked", "CREDENTIAL_REVOKED", $"{name}-revoked"),
        ("early", "CREDENTIAL_NOT_YET_VALID", $"{name}-early"),
        ("right", string.Empty, name),
    ];

    private Func<TestServer, GrpcChannel> Certificate(Func<X509Certificate2?> issue) => server => _tls.Connect(server, issue());

    private IEnumerable<(string, string, Func<X509Certificate2?>)> CertificatesOf(string host, string revokedHost)
    {
        var now = TestServer.Now;
        return
        [
            ("none", "CREDENTIAL_MISSING", () => null),
            ("another authority", "CREDENTIAL_INVALID", () => _otherAuthority.Issue(host)),
            ("not mapped", "CREDENTIAL_INVALID", () => _tls.Authority.Issue($"other.{host}")),
            ("for servers", "CREDENTIAL_INVALID", () => _tls.Authority.Issue(host, forServers: true)),
            ("expired", "CREDENTIAL_EXPIRED", () => _tls.Authority.Issue(host, until: now.AddMinutes(-1))),
            ("revoked", "CREDENTIAL_REVOKED", () => _tls.Authority.Issue(revokedHost)),
            ("early", "CREDENTIAL_NOT_YET_VALID", () => _tls.Authority.Issue(host, from: now.AddMinutes(1))),
            ("right", string.Empty, () => _tls.Authority.Issue(host)),
        ];
    }

    private IEnumerable<(string, string, string)> TokensOf(string subject)
    {
        var now = TestServer.Now.UtcDateTime;
        var sharedKey = new SigningCredentials(new SymmetricSecurityKey(_issuer.PublicKeyBytes()) { KeyId = "one" }, "HS256");
        var otherKey = new SigningCredentials(new RsaSecurityKey(_otherKey) { KeyId = "one" }, "RS256");
        return
        [
            ("not mapped", "CREDENTIAL_INVALID", _issuer.Token($"{subject}-other")),
            ("no subject", "CREDENTIAL_INVALID", _issuer.Token(subject, token => token.Claims = null)),
            ("another issuer", "CREDENTIAL_INVALID", _issuer.Token(subject, token => token.Issuer = "https://issuer.example")),
            ("another audience", "CREDENTIAL_INVALID", _issuer.Token(subject, token => token.Audience = "taxes")),
            ("no audience", "CREDENTIAL_INVALID", _issuer.Token(subject, token => token.Audience = null)),
            ("algorithm not pinned", "CREDENTIAL_INVALID", _issuer.Token(subject, token => token.SigningCredentials = _issuer.Credentials("RS512"))),
            ("public key as secret", "CREDENTIAL_INVALID", _issuer.Token(subject, token => token.SigningCredentials = sharedKey)),
            ("unsigned", "CREDENTIAL_INVALID", _issuer.Token(subject, token => token.SigningCredentials = null)),
            ("another key", "CREDENTIAL_INVALID", _issuer.Token(subject, token => token.SigningCredentials = otherKey)),
            ("no token", "CREDENTIAL_INVALID", "a.b.c"),
            ("expired", "CREDENTIAL_EXPIRED", _issuer.Token(subject, token => token.Expires = now.AddMinutes(-1))),
            ("no expiry", "CREDENTIAL_EXPIRED", _issuer.Token(subject, token => token.Expires = null)),
            ("revoked", "CREDENTIAL_REVOKED", _issuer.Token($"{subject}-revoked")),
            ("early", "CREDENTIAL_NOT_YET_VALID", _issuer.Token(subject, token => token.NotBefore = now.AddMinutes(1))),
            ("right", string.Empty, _issuer.Token(subject)),
        ];
    }
}
