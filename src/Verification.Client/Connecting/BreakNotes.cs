namespace Verification.Client;

/// <summary>
/// Notes which node a request broke at, before whoever made it learns of it: gRPC takes a node out of the turn only when it has put its connection
/// away, and what is asked again at once was faster.
/// </summary>
/// <param name="health">Where it is noted.</param>
/// <param name="inner">Sends the request.</param>
internal sealed class BreakNotes(NodeHealth health, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await base.SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException)
        {
            health.Broke(request.RequestUri);
            throw;
        }
    }
}
