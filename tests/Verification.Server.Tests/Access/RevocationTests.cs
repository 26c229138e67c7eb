using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using Google.Rpc;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Verification.Server.Tests.Support;

namespace Verification.Server.Tests.Access;

/// <summary>Revocation lists of the certificates' authority, fetched over loopback.</summary>
public sealed class RevocationTests : IAsyncLifetime
{
    private const string Unknown = "Unavailable REVOCATION_UNKNOWN";

    private readonly MutualTls _tls = new();
    private readonly ConcurrentQueue<string> _fetched = [];
    private readonly TaskCompletionSource _never = new();
    private WebApplication _lists = null!;
    private byte[] _list = [];

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        _lists = builder.Build();
        _lists.Run(async context =>
        {
            _fetched.Enqueue(context.Request.Path);
            if (context.Request.Path == "/frozen")
            {
                await _never.Task;
            }

            context.Response.StatusCode = context.Request.Path == "/broken" ? StatusCodes.Status500InternalServerError : StatusCodes.Status200OK;
            await context.Response.Body.WriteAsync(_list);
        });
        await _lists.StartAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _never.TrySetResult();
        await _lists.DisposeAsync();
        _tls.Dispose();
    }

    [Fact]
    public async Task Online_CertificateOnTheList_IsRefusedAndOthersAreLetIn()
    {
        using var good = Issue("/list");
        using var bad = Issue("/list");
        _list = _tls.Authority.RevocationList(bad);
        await using var server = await StartAsync(X509RevocationMode.Online);

        Assert.Equal("OK", await AskAsync(server, good));
        Assert.Equal("Unauthenticated CREDENTIAL_REVOKED", await AskAsync(server, bad));
        Assert.Contains("/list", _fetched);
    }

    [Theory]
    [InlineData("/broken")]
    [InlineData("/garbage")]
    [InlineData(null)]
    public async Task Online_ListCannotBeHad_IsUnavailableAndNoRefusal(string? path)
    {
        using var certificate = Issue(path);
        await using var server = await StartAsync(X509RevocationMode.Online);

        Assert.Equal(Unknown, await AskAsync(server, certificate));
    }

    [Fact]
    public async Task Online_ListServerFrozen_IsUnavailableInTimeAndOthersAreAnswered()
    {
        using var certificate = Issue("/frozen");
        await using var server = await StartAsync(X509RevocationMode.Online);
        using var other = server.Connect("housing");

        var waiting = Enumerable.Range(0, 12).Select(_ => AskAsync(server, certificate)).ToArray();
        await Eventually.TrueAsync(() => !_fetched.IsEmpty, "No list was asked for.");

        for (var i = 0; i < 100; i++)
        {
            await new Caller(other).Permits.GetRulebookAsync(new());
        }

        Assert.DoesNotContain(waiting, call => call.IsCompletedSuccessfully);
        Assert.Equal(Unknown, await await Task.WhenAny(waiting));
    }

    /// <summary>Offline asks nobody: it knows the lists that this machine has fetched before.</summary>
    [Fact]
    public async Task Offline_ListFetchedBefore_IsEnoughAndAnotherIsNotFetched()
    {
        using var good = Issue("/list");
        using var bad = Issue("/list");
        using var unknown = Issue("/another");
        _list = _tls.Authority.RevocationList(bad);
        await using (var online = await StartAsync(X509RevocationMode.Online))
        {
            Assert.Equal("OK", await AskAsync(online, good));
        }

        _fetched.Clear();
        await using var server = await StartAsync(X509RevocationMode.Offline);

        Assert.Equal("OK", await AskAsync(server, good));
        Assert.Equal("Unauthenticated CREDENTIAL_REVOKED", await AskAsync(server, bad));
        Assert.Equal(Unknown, await AskAsync(server, unknown));
        Assert.Empty(_fetched);
    }

    /// <summary>Otherwise anybody could make the server fetch an address of their choice.</summary>
    [Fact]
    public async Task Online_CertificateOfAStranger_IsRefusedWithoutFetchingItsList()
    {
        using var authority = new TestCertificates("Authority");
        using var certificate = authority.Issue("named.example", revocationList: AddressOf("/list"));
        _list = authority.RevocationList();
        await using var server = await StartAsync(X509RevocationMode.Online);

        Assert.Equal("Unauthenticated CREDENTIAL_INVALID", await AskAsync(server, certificate));
        Assert.Empty(_fetched);
    }

    private string AddressOf(string path) => _lists.Urls.Single() + path;

    private X509Certificate2 Issue(string? path) =>
        _tls.Authority.Issue("named.example", revocationList: path is null ? null : AddressOf(path));

    private Task<TestServer> StartAsync(X509RevocationMode mode) => TestServer.StartAsync(args:
        [.. _tls.Arguments(mode), .. TestConsumers.School("named", "Certificates:0:San=named.example")]);

    private async Task<string> AskAsync(TestServer server, X509Certificate2 certificate)
    {
        using var channel = _tls.Connect(server, certificate);
        try
        {
            await new Caller(channel).Permits.GetRulebookAsync(new());
            return "OK";
        }
        catch (RpcException error)
        {
            return $"{error.StatusCode} {error.GetRpcStatus()?.GetDetail<ErrorInfo>()?.Reason}";
        }
    }
}
