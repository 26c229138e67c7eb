using System.ComponentModel.DataAnnotations;
using Verification.Server.Access.Consumers;

namespace Verification.Server.Access.Settings;

/// <summary>An API key of a consumer.</summary>
internal sealed class KeySettings : CredentialSettings
{
    /// <summary>The key's SHA-256 digest, in hexadecimal.</summary>
    [Required]
    public string? Sha256 { get; set; }

    /// <summary>The key; null where the digest is none.</summary>
    public ApiKey? Key => Sha256 is null ? null : ApiKey.FromDigest(Sha256);

    /// <inheritdoc/>
    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        Sha256 is not null && Key is null
            ? base.Validate(validationContext).Append(new("must be a SHA-256 digest: 64 hexadecimal digits.", [nameof(Sha256)]))
            : base.Validate(validationContext);
}
