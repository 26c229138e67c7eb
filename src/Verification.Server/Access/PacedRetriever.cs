using Microsoft.IdentityModel.Protocols;

namespace Verification.Server.Access;

/// <summary>
/// Fetches an issuer's documents; after a failure not again for a second. As long as the framework has no keys it tries with every
/// token that anybody sends, and an issuer in trouble would be asked as often as this server is.
/// </summary>
/// <param name="retriever">Fetches them.</param>
/// <param name="timeProvider">The clock.</param>
internal sealed class PacedRetriever(IDocumentRetriever retriever, TimeProvider timeProvider) : IDocumentRetriever
{
    /// <summary>How long the issuer is left alone.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private Failure? _last;

    /// <inheritdoc/>
    /// <exception cref="IOException">It cannot be fetched, or could not a moment ago.</exception>
    public async Task<string> GetDocumentAsync(string address, CancellationToken cancel)
    {
        if (Volatile.Read(ref _last) is { } last && timeProvider.GetElapsedTime(last.At) < Pause)
        {
            throw new IOException("The issuer did not answer a moment ago.", last.Cause);
        }

        try
        {
            var document = await retriever.GetDocumentAsync(address, cancel);
            Volatile.Write(ref _last, null);
            return document;
        }
        catch (Exception cause) when (!cancel.IsCancellationRequested)
        {
            Volatile.Write(ref _last, new Failure(timeProvider.GetTimestamp(), cause));
            throw;
        }
    }

    private sealed record Failure(long At, Exception Cause);
}
