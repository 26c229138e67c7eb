using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Grpc.Core;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Permits.Verification.V1;
using Xunit;

namespace Verification.Client.Tests;

/// <summary>Calls that do not reach the service: each says why in plain words, and whether it is worth while to repeat it.</summary>
public sealed class ConnectionFaultTests
{
    [Fact]
    public async Task Call_Http11Port_SaysSo()
    {
        await using var service = await FakeService.FakeService.StartAsync(endpoint => endpoint.Protocols = HttpProtocols.Http1);

        await AssertFaultAsync(
            service.Address, ConnectionFault.Incompatible, "it is an HTTP/1.1 port; the gRPC port speaks HTTP/2", couldNotTell: false);
    }

    [Fact]
    public async Task Call_HttpsToClearText_SaysSo()
    {
        await using var service = await FakeService.FakeService.StartAsync();

        await AssertFaultAsync(
            new UriBuilder(service.Address) { Scheme = "https" }.Uri,
            ConnectionFault.Incompatible,
            "it does not speak TLS; in clear text its address begins with http://",
            couldNotTell: false);
    }

    [Fact]
    public async Task Call_ClearTextToHttps_SaysWhatItMayBe()
    {
        using var certificate = Certificate("localhost", DateTimeOffset.UnixEpoch.AddYears(50), years: 100);
        await using var service = await FakeService.FakeService.StartAsync(endpoint => endpoint.UseHttps(certificate));

        await AssertFaultAsync(
            new UriBuilder(service.Address) { Scheme = "http" }.Uri,
            ConnectionFault.Unreachable,
            "the connection ended before the answer; so does one in clear text to an https port",
            couldNotTell: true);
    }

    /// <summary>One call in a hundred in clear text to an https port ends so: without a reason, an error number or anything behind it.</summary>
    [Fact]
    public void From_ConnectionEndedInItsHandshake_IsUnreachable()
    {
        var ended = new HttpRequestException("An HTTP/2 connection could not be established because the server did not complete the HTTP/2 handshake.");

        var fault = VerificationFault.From(new RpcException(new(StatusCode.Internal, "Error starting gRPC call.", ended)));

        Assert.Equal(
            (StatusCode.Unavailable, ConnectionFault.Unreachable, "the connection ended before the answer; so does one in clear text to an https port", true),
            (fault.StatusCode, fault.Connection, fault.Message, fault.CouldNotTell));
    }

    [Theory]
    [InlineData("127.0.0.1", 100, "its certificate is not trusted: this machine does not know who issued it")]
    [InlineData("elsewhere", 100, "its certificate is not trusted: this machine does not know who issued it, it is for another name")]
    [InlineData("127.0.0.1", 1, "its certificate is not trusted: its time is over or has not come, this machine does not know who issued it")]
    public async Task Call_UntrustedCertificate_SaysWhatIsWrongWithIt(string name, int years, string message)
    {
        using var certificate = Certificate(name, DateTimeOffset.UnixEpoch.AddYears(50), years);
        await using var service = await FakeService.FakeService.StartAsync(endpoint => endpoint.UseHttps(certificate));

        await AssertFaultAsync(service.Address, ConnectionFault.Untrusted, message, couldNotTell: false);
    }

    [Fact]
    public async Task Call_NobodyListens_IsRefused() =>
        await AssertFaultAsync(new($"http://127.0.0.1:{FreePort()}"), ConnectionFault.Unreachable, "connection refused", couldNotTell: true);

    [Fact]
    public async Task Call_DeadlineWhileConnecting_IsADeadline()
    {
        // It listens, and takes no connection up.
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var client = new PermitVerificationClient(
            new() { Address = new($"http://{listener.LocalEndpoint}"), Deadline = TimeSpan.FromMilliseconds(100) });

        var fault = VerificationFault.From(await Assert.ThrowsAsync<RpcException>(() => CallAsync(client)));

        Assert.Equal((StatusCode.DeadlineExceeded, ConnectionFault.None, true), (fault.StatusCode, fault.Connection, fault.CouldNotTell));
    }

    private static async Task AssertFaultAsync(Uri address, ConnectionFault connection, string message, bool couldNotTell)
    {
        using var client = new PermitVerificationClient(new() { Address = address });

        var fault = VerificationFault.From(await Assert.ThrowsAsync<RpcException>(() => CallAsync(client)));

        Assert.Equal(
            (StatusCode.Unavailable, connection, message, "", couldNotTell),
            (fault.StatusCode, fault.Connection, fault.Message, fault.Reason, fault.CouldNotTell));
    }

    private static Task<VerifyPermitResponse> CallAsync(PermitVerificationClient client) =>
        client.Verification.VerifyPermitAsync(new(), cancellationToken: TestContext.Current.CancellationToken).ResponseAsync;

    private static X509Certificate2 Certificate(string name, DateTimeOffset from, int years)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(name, out var ip))
            names.AddIpAddress(ip);
        else
            names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(from, from.AddYears(years));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
