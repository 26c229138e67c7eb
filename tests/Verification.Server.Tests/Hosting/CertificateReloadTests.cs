using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Verification.Server.Hosting.Certificates;
using Verification.Server.Tests.Support;

namespace Verification.Server.Tests.Hosting;

/// <summary>A new certificate in the place of the old one: new connections get it, open ones go on, and the port is never closed.</summary>
public sealed class CertificateReloadTests : IDisposable
{
    private readonly string _folder = TestServer.NewFolder();
    private readonly TestCertificates _authority = new("Authority");
    private int _connections;

    private string Certificate => Path.Combine(_folder, "server.pem");

    private string Key => Path.Combine(_folder, "server.key");

    public void Dispose()
    {
        _authority.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Handshake_FilesReplaced_GetsTheNewOneWhileOpenConnectionsGoOn()
    {
        var first = Replace();
        await using var server = await StartAsync();
        using var open = Client();
        Assert.Equal(HttpStatusCode.OK, (await open.GetAsync(LiveOf(server))).StatusCode);
        Assert.Equal(first, await PresentedAsync(server));

        var second = Replace();
        await Eventually.TrueAsync(
            async () =>
            {
                server.Clock.Advance(CertificateWatch.Interval);
                return await PresentedAsync(server) == second;
            },
            "The old certificate is still presented.");

        Assert.Equal(HttpStatusCode.OK, (await open.GetAsync(LiveOf(server))).StatusCode);
        Assert.Equal(1, _connections);
        Assert.Contains(server.Logs.Texts, text => text.Contains("was replaced", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Handshake_KeyOfAnotherCertificate_KeepsTheOldOneUntilBothAreThere()
    {
        var first = Replace();
        await using var server = await StartAsync();
        server.ExpectsError = error => error.Contains("CertificateWatch", StringComparison.Ordinal);
        var certificate = File.ReadAllText(Certificate);
        var second = Replace();
        var (newCertificate, newKey) = (File.ReadAllText(Certificate), File.ReadAllText(Key));

        File.WriteAllText(Certificate, certificate);
        File.WriteAllText(Key, newKey);
        server.Service<IEnumerable<Microsoft.Extensions.Hosting.IHostedService>>().OfType<CertificateWatch>().Single().Look();
        Assert.Equal(first, await PresentedAsync(server));
        Assert.Contains(server.Logs.Texts, text => text.Contains("cannot be taken", StringComparison.Ordinal));

        File.WriteAllText(Certificate, newCertificate);
        server.Service<IEnumerable<Microsoft.Extensions.Hosting.IHostedService>>().OfType<CertificateWatch>().Single().Look();
        Assert.Equal(second, await PresentedAsync(server));
    }

    [Fact]
    public async Task Look_FilesReplacedAllTheWhile_GoesOnWithACertificateAndItsKey()
    {
        Replace();
        await using var server = await StartAsync();
        server.ExpectsError = error => error.Contains("CertificateWatch", StringComparison.Ordinal);
        var pairs = Enumerable.Range(0, 2).Select(_ =>
        {
            Replace();
            return (Certificate: File.ReadAllText(Certificate), Key: File.ReadAllText(Key));
        }).ToArray();
        var watch = server.Service<IEnumerable<Microsoft.Extensions.Hosting.IHostedService>>().OfType<CertificateWatch>().Single();
        using var ended = new CancellationTokenSource();
        var replacing = Task.Run(() =>
        {
            for (var i = 0; !ended.IsCancellationRequested; i++)
            {
                File.WriteAllText(Key, pairs[i % 2].Key);
                File.WriteAllText(Certificate, pairs[i % 2].Certificate);
            }
        });

        for (var look = 0; look < 1_000; look++)
        {
            watch.Look();
        }

        await ended.CancelAsync();
        await replacing;
        var last = Replace();
        watch.Look();
        Assert.Equal(last, await PresentedAsync(server));
    }

    private static Uri LiveOf(TestServer server) => new(new Uri(server.Addresses[2]), "/health/live");

    private Task<TestServer> StartAsync() => TestServer.StartAsync(args:
    [
        "--Kestrel:Endpoints:Tls:Url=https://127.0.0.1:0",
        $"--Kestrel:Endpoints:Tls:Certificate:Path={Certificate}",
        $"--Kestrel:Endpoints:Tls:Certificate:KeyPath={Key}",
    ]);

    /// <summary>Writes another certificate and its key.</summary>
    /// <returns>Its thumbprint.</returns>
    private string Replace()
    {
        using var issued = _authority.Issue("localhost", forServers: true);
        using var exportable = X509CertificateLoader.LoadPkcs12(
            issued.Export(X509ContentType.Pkcs12), null, X509KeyStorageFlags.Exportable);
        File.WriteAllText(Certificate, exportable.ExportCertificatePem());
        File.WriteAllText(Key, exportable.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        return issued.Thumbprint;
    }

    private HttpClient Client() => new(new SocketsHttpHandler
    {
        ConnectCallback = async (context, token) =>
        {
            _connections++;
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(context.DnsEndPoint, token);
            return new NetworkStream(socket, ownsSocket: true);
        },
        SslOptions = { RemoteCertificateValidationCallback = (_, _, _, errors) => !errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable) },
    });

    private static async Task<string> PresentedAsync(TestServer server)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", new Uri(server.Addresses[2]).Port);
        await using var stream = new SslStream(client.GetStream());
        await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
            RemoteCertificateValidationCallback = (_, _, _, errors) => !errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable),
        });
        return ((X509Certificate2)stream.RemoteCertificate!).Thumbprint;
    }
}
