using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Verification.Server.Tests.Support;

namespace Verification.Server.Tests.Hosting;

/// <summary>What the server's TLS takes.</summary>
public sealed class TlsTests
{
    [Theory]
    [InlineData(TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, true)]
    [InlineData(TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, true)]
    [InlineData(TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, true)]
    [InlineData(TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384, false)]
    [InlineData(TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256, false)]
    [InlineData(TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA, false)]
    [InlineData(TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CCM, false)]
    [InlineData(TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA, false)]
    public async Task Handshake_OfTls12_TakesAuthenticatedSuitesWithForwardSecrecyAlone(TlsCipherSuite suite, bool isTaken)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "On Windows the machine's settings decide on cipher suites, for all programs.");
        using var tls = new MutualTls();
        await using var server = await TestServer.StartAsync(args: [.. tls.Arguments()]);
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", new Uri(server.Addresses[2]).Port, TestContext.Current.CancellationToken);
        await using var stream = new SslStream(client.GetStream());
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
            EnabledSslProtocols = SslProtocols.Tls12,
            ApplicationProtocols = [SslApplicationProtocol.Http2],
#pragma warning disable CA1416 // Skipped above where it cannot be set.
            CipherSuitesPolicy = new CipherSuitesPolicy([suite]),
#pragma warning restore CA1416
            CertificateChainPolicy = tls.Trust,
        };

        var failure = await Record.ExceptionAsync(() => stream.AuthenticateAsClientAsync(options, TestContext.Current.CancellationToken));

        Assert.Equal(isTaken ? null : typeof(AuthenticationException), failure is IOException ? typeof(AuthenticationException) : failure?.GetType());
        if (isTaken)
        {
            Assert.Equal(suite, stream.NegotiatedCipherSuite);
        }
    }
}
