namespace Verification.Client;

/// <summary>
/// Puts the key or token into every request that has none, and the language. gRPC's own call credentials would not do: they are dropped on
/// clear text.
/// </summary>
/// <param name="credential">Gives it; null where the consumer has none to send.</param>
/// <param name="language">The language to ask for; null for none.</param>
/// <param name="inner">Sends the request.</param>
internal sealed class RequestHeaders(Func<CancellationToken, ValueTask<string?>> credential, string? language, HttpMessageHandler inner)
    : DelegatingHandler(inner)
{
    private const string Authorization = "authorization";
    private const string Language = "accept-language";

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!request.Headers.Contains(Authorization) && await ReadAsync(cancellationToken) is { } text)
            request.Headers.TryAddWithoutValidation(Authorization, "Bearer " + text);
        if (language is not null && !request.Headers.Contains(Language))
            request.Headers.TryAddWithoutValidation(Language, language);
        request.Headers.Remove(NodeHealth.NodeHeader);
        return await base.SendAsync(request, cancellationToken);
    }

    private async ValueTask<string?> ReadAsync(CancellationToken cancellationToken)
    {
        string? text;
        try
        {
            text = await credential(cancellationToken);
        }
        catch (Exception cause) when (cause is not OperationCanceledException)
        {
            throw new CredentialMissingException(cause.Message, cause);
        }
        return text is null || CredentialText.IsOne(text) ? text : throw new CredentialMissingException(CredentialText.Rule);
    }
}
