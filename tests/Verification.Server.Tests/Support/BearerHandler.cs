using System.Net.Http.Headers;

namespace Verification.Server.Tests.Support;

/// <summary>Sends a key with every request that has no credential of its own.</summary>
internal sealed class BearerHandler(string key) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (key.Length > 0 && request.Headers.Authorization is null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        return base.SendAsync(request, cancellationToken);
    }
}
