using System.ComponentModel.DataAnnotations;
using Verification.Core.Permits;

namespace Verification.Server.Hosting.Settings;

/// <summary>The configuration section <c>Verification:Identity</c>.</summary>
internal sealed class IdentityOptions : IValidatableObject
{
    /// <summary>The secret key of the identity digests, in Base64. There is no default: who knows it can search the digests.</summary>
    public string? DigestKey { get; set; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (DigestKey is null)
        {
            yield return new($"is required: at least {IdentityDigester.MinKeySize} random bytes in Base64. (--demo brings its own.)", [nameof(DigestKey)]);
        }
        else if (!Convert.TryFromBase64String(DigestKey, new byte[DigestKey.Length], out var size) || size < IdentityDigester.MinKeySize)
        {
            yield return new($"must be at least {IdentityDigester.MinKeySize} bytes in Base64.", [nameof(DigestKey)]);
        }
    }
}
