using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using Verification.Core.Rules.Codes;
using Verification.Server.Access.Consumers;
using Verification.Server.Limits;

namespace Verification.Server.Access.Settings;

/// <summary>A consumer, whose section bears its name.</summary>
internal sealed partial class ConsumerSettings : IValidatableObject
{
    /// <summary>What it is.</summary>
    [Required]
    public ConsumerClass? Class { get; set; }

    /// <summary>What it may do; at least one.</summary>
    public ConsumerRoles[] Roles { get; set; } = [];

    /// <summary>Whether it must bring an identity number with every check, and is told nothing where that is not the permit's.</summary>
    public bool RequireIdentity { get; set; }

    /// <summary>Its API keys.</summary>
    public KeySettings[] Keys { get; set; } = [];

    /// <summary>Its client certificates.</summary>
    public PinSettings[] Certificates { get; set; } = [];

    /// <summary>The subjects of its tokens.</summary>
    public SubjectSettings[] Tokens { get; set; } = [];

    /// <summary>How much it may do.</summary>
    public ConsumerLimits Limits { get; set; } = new();

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!Name().IsMatch(validationContext.DisplayName))
        {
            yield return new("has no good name: 1 to 64 lower-case letters, digits and hyphens, a letter first.");
        }

        if (Roles.Length == 0)
        {
            yield return new("must name at least one role.", [nameof(Roles)]);
        }

        if (Roles.Contains(ConsumerRoles.Register) && Class != ConsumerClass.IssuingAuthority)
        {
            yield return new("may have register only for class issuing_authority.", [nameof(Roles)]);
        }

        if (Keys.Length + Certificates.Length + Tokens.Length == 0)
        {
            yield return new("has no credential: add Keys, Certificates or Tokens.");
        }
    }

    [GeneratedRegex(@"\A[a-z][a-z0-9-]{0,63}\z")]
    private static partial Regex Name();
}
