using Verification.Server.Consumers.Access;
using Verification.Server.Hosting;

namespace Verification.Server.Consumers.Settings;

/// <summary>Reads how callers may prove who they are.</summary>
internal static class AccessSettings
{
    /// <summary>Reads and checks the settings.</summary>
    /// <exception cref="StartRefusedException">All that is wrong with them.</exception>
    public static AccessOptions Read(IConfiguration configuration)
    {
        var options = new AccessOptions();
        try
        {
            configuration.GetSection(AccessOptions.CertificatesSection).Bind(options.Certificates, Strictly);
            configuration.GetSection(AccessOptions.TokensSection).Bind(options.Tokens, Strictly);
        }
        catch (InvalidOperationException cause)
        {
            throw new StartRefusedException(cause.Message, cause);
        }

        var problems = Problems(options.Tokens).ToArray();
        return problems.Length == 0 ? options : throw new StartRefusedException(problems);
    }

    private static void Strictly(BinderOptions binder) => binder.ErrorOnUnknownConfiguration = true;

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
