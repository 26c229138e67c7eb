namespace Verification.Server.Access;

/// <summary>The names of the authentication schemes.</summary>
internal static class Schemes
{
    /// <summary>Picks one of the others by what the caller sent.</summary>
    public const string Consumer = nameof(Consumer);

    /// <summary><c>authorization: Bearer</c> with an API key.</summary>
    public const string ApiKey = nameof(ApiKey);

    /// <summary>A client certificate of the TLS connection.</summary>
    public const string Certificate = nameof(Certificate);

    /// <summary><c>authorization: Bearer</c> with a token of the OIDC issuer.</summary>
    public const string Token = nameof(Token);

    private const string BearerPrefix = "Bearer ";

    /// <summary>The scheme by what the caller sent: the header, which a caller sets for each call, goes before the connection's certificate.</summary>
    public static string For(HttpContext context, bool tokens, bool certificates)
    {
        if (BearerOf(context.Request) is { } bearer)
        {
            // A signed token has three parts and so two dots; a key has none.
            return tokens && bearer.AsSpan().Count('.') == 2 ? Token : ApiKey;
        }

        return certificates && context.Request.Headers.Authorization.Count == 0 && context.Connection.ClientCertificate is not null
            ? Certificate
            : ApiKey;
    }

    /// <summary>What follows <c>Bearer</c> in the one authorization header; null when there is none, or several.</summary>
    public static string? BearerOf(HttpRequest request) =>
        request.Headers.Authorization is [{ } header] && header.StartsWith(BearerPrefix, StringComparison.OrdinalIgnoreCase)
            ? header[BearerPrefix.Length..].Trim()
            : null;
}
