using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Verification.Client.Tests.Connecting;

public sealed class CredentialTests : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("client-");
    private FakeService.FakeService? _service;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string KeyFile => Path.Combine(_folder.FullName, "key");

    [Fact]
    public async Task Credential_Function_IsAskedForEachCall()
    {
        var calls = 0;
        using var client = await StartAsync(options => options.Credential = _ => ValueTask.FromResult($"token-{++calls}"));

        await client.VerifyAsync("BJ2024D00001", Token);
        await client.VerifyAsync("BJ2024D00001", Token);

        Assert.Equal(["Bearer token-1", "Bearer token-2"], _service!.Script.Authorizations);
    }

    [Fact]
    public async Task Credential_FunctionFails_SaysSoAndMayWorkLater()
    {
        using var client = await StartAsync(options =>
        {
            options.Credential = _ => throw new InvalidOperationException("the issuer is away");
            options.MaxTries = 1;
        });

        var exception = await Assert.ThrowsAsync<PermitVerificationException>(() => client.VerifyAsync("BJ2024D00001", Token));

        Assert.Equal((ConnectionFault.NoCredential, true), (exception.Fault.Connection, exception.CouldNotTell));
        Assert.Contains("the issuer is away", exception.Message, StringComparison.Ordinal);
        Assert.Empty(_service!.Script.Authorizations);
    }

    [Fact]
    public async Task Credential_FunctionGivesNoHeader_DoesNotShowIt()
    {
        using var client = await StartAsync(options =>
        {
            options.Credential = _ => ValueTask.FromResult("geheim\n");
            options.MaxTries = 1;
        });

        var exception = await Assert.ThrowsAsync<PermitVerificationException>(() => client.VerifyAsync("BJ2024D00001", Token));

        Assert.Equal(ConnectionFault.NoCredential, exception.Fault.Connection);
        Assert.DoesNotContain("geheim", exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CredentialFile_Changed_IsSentWithinTwoSeconds()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await File.WriteAllTextAsync(KeyFile, "key-1\n", Token);
        using var client = await StartAsync(options => (options.CredentialFile, options.TimeProvider) = (KeyFile, time));

        await client.VerifyAsync("BJ2024D00001", Token);
        await File.WriteAllTextAsync(KeyFile, "key-2\n", Token);
        time.Advance(TimeSpan.FromSeconds(2));
        await client.VerifyAsync("BJ2024D00001", Token);
        File.Delete(KeyFile);
        time.Advance(TimeSpan.FromSeconds(2));
        await client.VerifyAsync("BJ2024D00001", Token);

        Assert.Equal(["Bearer key-1", "Bearer key-2", "Bearer key-2"], _service!.Script.Authorizations);
    }

    [Theory]
    [InlineData(null, "Could not find file")]
    [InlineData("", "holds something else")]
    [InlineData("two words", "holds something else")]
    public async Task Constructor_CredentialFileWithoutOne_SaysSoWithoutShowingIt(string? content, string expected)
    {
        if (content is not null)
            await File.WriteAllTextAsync(KeyFile, content, Token);

        var exception = Assert.Throws<ArgumentException>(() => new PermitVerificationClient(new() { CredentialFile = KeyFile }));

        Assert.Contains("CredentialFile", exception.Message, StringComparison.Ordinal);
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("two words", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Authorization_OfTheCallItself_StaysAlone()
    {
        using var client = await StartAsync(options => options.ApiKey = "key");

        await client.Verification.VerifyPermitAsync(
            new() { PermitNumber = "BJ2024D00001" }, new Grpc.Core.Metadata { { "authorization", "Bearer other" } }, cancellationToken: Token);

        Assert.Equal(["Bearer other"], _service!.Script.Authorizations);
    }

    [Fact]
    public async Task Credential_OnAStream_IsSent()
    {
        using var client = await StartAsync(options => options.ApiKey = "key");
        _service!.Script.Stream = batch => Answers.To(batch);

        await client.VerifyManyAsync(Answers.Checks(2), cancellationToken: Token).CountAsync(Token);

        Assert.Equal(["Bearer key"], _service.Script.Authorizations);
    }

    public async ValueTask DisposeAsync()
    {
        if (_service is not null)
            await _service.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private async Task<PermitVerificationClient> StartAsync(Action<PermitVerificationOptions> configure)
    {
        _service = await FakeService.FakeService.StartAsync();
        _service.Script.Verify = request => Answers.To(request);
        var options = new PermitVerificationOptions { Address = _service.Address };
        configure(options);
        return new(options);
    }
}
