using Permits.Audit.V1;
using Permits.Verification.V1;
using Xunit;

namespace Verification.Client.Tests;

public sealed class PermitVerificationClientTests : IAsyncDisposable
{
    private FakeService.FakeService? _service;

    [Fact]
    public async Task Call_WithKey_SendsItOverClearText()
    {
        var script = await StartAsync();
        using var client = Client("secret-key");

        await client.Verification.VerifyPermitAsync(new(), cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal("Bearer secret-key", Assert.Single(script.Authorizations));
    }

    [Fact]
    public async Task Call_WithoutKey_SendsNone()
    {
        var script = await StartAsync();
        using var client = Client(key: null);

        await client.Verification.VerifyPermitAsync(new(), cancellationToken: TestContext.Current.CancellationToken);

        Assert.Null(Assert.Single(script.Authorizations));
    }

    [Fact]
    public async Task Call_WithHeadersOfItsOwn_KeepsThem()
    {
        var script = await StartAsync();
        using var client = Client("k");
        var headers = new Grpc.Core.Metadata { { "x-request", "1" } };

        await client.Verification.VerifyPermitAsync(new(), headers, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal("Bearer k", Assert.Single(script.Authorizations));
        Assert.Single(headers);
    }

    [Fact]
    public async Task Call_WithoutDeadline_GetsTheDefault()
    {
        var script = await StartAsync();
        using var client = Client(key: null);

        await client.Verification.VerifyPermitAsync(new(), cancellationToken: TestContext.Current.CancellationToken);

        Assert.NotEqual(DateTime.MaxValue, Assert.Single(script.Deadlines));
    }

    /// <summary>It takes as long as it takes.</summary>
    [Fact]
    public async Task Call_ThatIsAnsweredByAStream_HasTheKeyAndNoDeadline()
    {
        var script = await StartAsync();
        script.Records = _ => [new StreamRecordsResponse()];
        using var client = Client("k");

        using var call = client.Audit.StreamRecords(new(), cancellationToken: TestContext.Current.CancellationToken);

        Assert.True(await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        Assert.Equal(("Bearer k", DateTime.MaxValue), (Assert.Single(script.Authorizations), Assert.Single(script.Deadlines)));
    }

    [Theory]
    [InlineData("ftp://localhost")]
    [InlineData("localhost:5081")]
    public void Constructor_AddressOfAnotherScheme_Throws(string address) =>
        Assert.Throws<ArgumentException>(() => new PermitVerificationClient(new() { Address = new Uri(address) }));

    [Theory]
    [InlineData("")]
    [InlineData("line\nbreak")]
    [InlineData("钥匙")]
    public void Constructor_KeyThatNoHeaderCarries_ThrowsWithoutShowingIt(string key)
    {
        var exception = Assert.Throws<ArgumentException>(() => new PermitVerificationClient(new() { ApiKey = key }));

        if (key.Length > 0)
            Assert.DoesNotContain(key, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ToString_OptionsWithKey_DoesNotShowIt() =>
        Assert.DoesNotContain("secret-key", new PermitVerificationOptions { ApiKey = "secret-key" }.ToString(), StringComparison.Ordinal);

    public async ValueTask DisposeAsync()
    {
        if (_service is not null)
            await _service.DisposeAsync();
    }

    private async Task<FakeService.Script> StartAsync()
    {
        _service = await FakeService.FakeService.StartAsync();
        _service.Script.Verify = _ => new VerifyPermitResponse();
        return _service.Script;
    }

    private PermitVerificationClient Client(string? key) => new(new() { Address = _service!.Address, ApiKey = key });
}
