using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.Protocols;
using Verification.Server.Access;

namespace Verification.Server.Tests.Access;

public sealed class PacedRetrieverTests : IDocumentRetriever
{
    private readonly FakeTimeProvider _clock = new();
    private Exception? _failure;
    private int _fetched;

    [Fact]
    public async Task GetDocument_AfterAFailure_LeavesTheIssuerAloneForASecond()
    {
        var retriever = new PacedRetriever(this, _clock);
        _failure = new HttpRequestException("down");
        await Assert.ThrowsAsync<HttpRequestException>(() => retriever.GetDocumentAsync("address", default));

        _clock.Advance(PacedRetriever.Pause - TimeSpan.FromTicks(1));
        var refused = await Assert.ThrowsAsync<IOException>(() => retriever.GetDocumentAsync("address", default));

        Assert.Same(_failure, refused.InnerException);
        Assert.Equal(1, _fetched);
        _clock.Advance(TimeSpan.FromTicks(1));
        _failure = null;
        Assert.Equal("document of address", await retriever.GetDocumentAsync("address", default));
        Assert.Equal("document of other", await retriever.GetDocumentAsync("other", default));
        Assert.Equal((3, TimeSpan.FromSeconds(1)), (_fetched, PacedRetriever.Pause));
    }

    [Fact]
    public async Task GetDocument_CallerGivesUp_IsNoFailureOfTheIssuer()
    {
        var retriever = new PacedRetriever(this, _clock);
        _failure = new OperationCanceledException();
        await Assert.ThrowsAsync<OperationCanceledException>(() => retriever.GetDocumentAsync("address", new CancellationToken(canceled: true)));

        _failure = null;

        Assert.Equal("document of address", await retriever.GetDocumentAsync("address", default));
    }

    /// <inheritdoc/>
    public Task<string> GetDocumentAsync(string address, CancellationToken cancel)
    {
        _fetched++;
        return _failure is null ? Task.FromResult($"document of {address}") : Task.FromException<string>(_failure);
    }
}
