using System.ComponentModel.DataAnnotations;
using Verification.Server.Access.Consumers;

namespace Verification.Server.Access.Settings;

/// <summary>What any credential of a consumer has: when it holds.</summary>
internal abstract class CredentialSettings : IValidatableObject
{
    /// <summary>The first instant at which it holds; always by default.</summary>
    public DateTimeOffset NotBefore { get; set; } = DateTimeOffset.MinValue;

    /// <summary>The first instant after it; never by default.</summary>
    public DateTimeOffset Expires { get; set; } = DateTimeOffset.MaxValue;

    /// <summary>Whether it was taken back.</summary>
    public bool Revoked { get; set; }

    /// <summary>When it holds.</summary>
    public Validity Validity => new(NotBefore, Expires, Revoked);

    /// <inheritdoc/>
    public virtual IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Expires <= NotBefore)
        {
            yield return new("must lie after NotBefore.", [nameof(Expires)]);
        }
    }
}
