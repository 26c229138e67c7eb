using System.Security.Cryptography.X509Certificates;
using Grpc.Core;
using Grpc.Net.Client;
using Permits.Verification.V1;
using Verification.Server.Configuration;
using Verification.Server.Tests.Support;

namespace Verification.Server.Tests.Hosting;

public sealed class ConnectionTests
{
    [Fact]
    public async Task Connection_OlderThanItsAge_IsLeftWithoutARefusedCall()
    {
        await using var server = await TestServer.StartAsync(args: "--Verification:Limits:ConnectionMinutes=10");
        var connections = 0;
        using var channel = GrpcChannel.ForAddress(server.Address, new GrpcChannelOptions
        {
            HttpHandler = new BearerHandler(TestConsumers.Authority)
            {
                InnerHandler = new SocketsHttpHandler
                {
                    ConnectCallback = async (context, cancellationToken) =>
                    {
                        Interlocked.Increment(ref connections);
                        var socket = new System.Net.Sockets.Socket(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
                        await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
                        return new System.Net.Sockets.NetworkStream(socket, ownsSocket: true);
                    },
                },
            },
        });
        var client = new VerificationService.VerificationServiceClient(channel);
        await client.GetRulebookAsync(new());

        server.Clock.Advance(TimeSpan.FromMinutes(12));
        await Eventually.TrueAsync(
            async () =>
            {
                await client.GetRulebookAsync(new());
                return Volatile.Read(ref connections) >= 2;
            },
            "The connection stays.");

        Assert.Equal(2, connections);
    }

    [Fact]
    public async Task Message_LargerThanAllowed_IsRefused()
    {
        await using var server = await TestServer.StartAsync(args: "--Verification:Limits:VerificationMessageBytes=262144");

        var error = await Assert.ThrowsAsync<RpcException>(async () => await server.Permits.VerifyPermitAsync(Calls.Check(new string('1', 300_000))));

        Assert.Equal(StatusCode.ResourceExhausted, error.StatusCode);
    }

    [Theory]
    [InlineData("https://0.0.0.0:0", "", true)]
    [InlineData("http://0.0.0.0:0", "", false)]
    [InlineData("http://0.0.0.0:0", "--Verification:AllowCleartextBeyondLoopback=true", true)]
    [InlineData("http://0.0.0.0:0", "--Verification:AllowCleartextBeyondLoopback=false", false)]
    [InlineData("https://0.0.0.0:0", "--demo", false)]
    [InlineData("http://127.0.0.1:0", "--demo", true)]
    public async Task Create_EndpointBeyondThisMachine_NeedsTlsOrTheSetting(string url, string argument, bool isAllowed)
    {
        var folder = TestServer.NewFolder();
        var certificate = Path.Combine(folder, "server.pfx");
        using (var authority = new TestCertificates("Authority"))
        using (var own = authority.Issue("localhost", forServers: true))
        {
            await File.WriteAllBytesAsync(certificate, own.Export(X509ContentType.Pkcs12), TestContext.Current.CancellationToken);
        }

        using var audit = new AuditHome();
        string[] args =
        [
            .. audit.Arguments,
            $"--Kestrel:Endpoints:More:Url={url}",
            $"--Kestrel:Certificates:Default:Path={certificate}",
            "--Verification:Identity:DigestKey=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
            $"--Verification:DataDirectory={folder}",
            "--create",
            .. argument.Length > 0 ? [argument] : Array.Empty<string>(),
        ];

        var refusal = await Record.ExceptionAsync(async () =>
        {
            await using var app = await Program.CreateAsync(args, TimeProvider.System);
        });

        Assert.Equal(isAllowed, refusal is null);
        Assert.True(refusal is null or StartRefusedException);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Start_CleartextBeyondThisMachineByTheSetting_Warns()
    {
        await using var server = await TestServer.StartAsync(args:
            ["--Kestrel:Endpoints:More:Url=http://0.0.0.0:0", "--Verification:AllowCleartextBeyondLoopback=true"]);

        Assert.Contains(server.Logs.Texts, text => text.Contains("CleartextBeyondLoopback", StringComparison.Ordinal));
    }
}
