using Verification.Server.Configuration;


namespace Verification.Server.Access.Settings;

/// <summary>Reads how callers may prove who they are.</summary>
internal static class AccessSettings
{
    /// <summary>Reads and checks the settings.</summary>
    /// <returns>The settings, and all that is wrong with them.</returns>
    public static (AccessOptions Access, IReadOnlyList<string> Problems) Read(IConfiguration configuration)
    {
        var options = new AccessOptions();
        var reader = new OptionsReader();
        reader.Read(configuration.GetSection(AccessOptions.CertificatesSection), options.Certificates);
        reader.Read(configuration.GetSection(AccessOptions.TokensSection), options.Tokens);
        return (options, [.. reader.Problems, .. Problems(options.Tokens)]);
    }

    private static IEnumerable<string> Problems(TokenOptions tokens)
    {
        if (tokens.Issuer is null)
        {
            if (tokens.Audience is not null || tokens.Algorithms.Length > 0)
            {
                yield return $"{AccessOptions.TokensSection}:Issuer is required beside the other settings of tokens.";
            }

            yield break;
        }

        if (!Uri.TryCreate(tokens.Issuer, UriKind.Absolute, out var issuer)
            || (issuer.Scheme != Uri.UriSchemeHttps && !(issuer.Scheme == Uri.UriSchemeHttp && issuer.IsLoopback)))
        {
            yield return $"{AccessOptions.TokensSection}:Issuer must be an https address.";
        }

        if (string.IsNullOrWhiteSpace(tokens.Audience))
        {
            yield return $"{AccessOptions.TokensSection}:Audience is required: a token for another service must not open this one.";
        }

        if (string.IsNullOrWhiteSpace(tokens.SubjectClaim))
        {
            yield return $"{AccessOptions.TokensSection}:SubjectClaim must name a claim.";
        }

        if (tokens.Algorithms.Except(TokenAccess.AllowedAlgorithms).Any())
        {
            yield return $"{AccessOptions.TokensSection}:Algorithms must be among {string.Join(", ", TokenAccess.AllowedAlgorithms)}.";
        }
    }
}
