using System.ComponentModel.DataAnnotations;

namespace Verification.Server.Access.Settings;

/// <summary>The configuration section <c>Verification:Tokens</c>.</summary>
internal sealed class TokenOptions : IValidatableObject
{
    /// <summary>The section's name.</summary>
    public const string Section = "Verification:Tokens";

    /// <summary>The issuer's URL, as its tokens name it; its keys are found from there. Absent: no tokens are taken.</summary>
    public string? Issuer { get; set; }

    /// <summary>The audience that a token must name.</summary>
    public string? Audience { get; set; }

    /// <summary>The signature algorithms allowed; asymmetric ones only. RS256, PS256 and ES256 where none is named.</summary>
    public string[] Algorithms { get; set; } = [];

    /// <summary>The claim that names the consumer; <c>sub</c> by default.</summary>
    public string SubjectClaim { get; set; } = "sub";

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Issuer is null)
        {
            if (Audience is not null || Algorithms.Length > 0)
            {
                yield return new("is required beside the other settings of tokens.", [nameof(Issuer)]);
            }

            yield break;
        }

        if (!Uri.TryCreate(Issuer, UriKind.Absolute, out var issuer)
            || (issuer.Scheme != Uri.UriSchemeHttps && !(issuer.Scheme == Uri.UriSchemeHttp && issuer.IsLoopback)))
        {
            yield return new("must be an https address.", [nameof(Issuer)]);
        }

        if (Audience is null)
        {
            yield return new("is required: a token for another service must not open this one.", [nameof(Audience)]);
        }

        if (Algorithms.Except(TokenAlgorithms.Allowed).Any())
        {
            yield return new($"must be among {string.Join(", ", TokenAlgorithms.Allowed)}.", [nameof(Algorithms)]);
        }
    }
}
