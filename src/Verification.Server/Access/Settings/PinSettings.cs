using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using Verification.Server.Access.Consumers;

namespace Verification.Server.Access.Settings;

/// <summary>A client certificate of a consumer, by a name in it or by its public key.</summary>
internal sealed partial class PinSettings : CredentialSettings
{
    /// <summary>A DNS name among the certificate's alternative names.</summary>
    public string? San { get; set; }

    /// <summary>The SHA-256 digest of its public key, in hexadecimal.</summary>
    public string? SpkiSha256 { get; set; }

    /// <summary>What the certificate is known by.</summary>
    public CertificatePin Pin => SpkiSha256 is null
        ? new CertificatePin(CertificatePinKind.SubjectAlternativeName, (San ?? string.Empty).ToLowerInvariant())
        : new CertificatePin(CertificatePinKind.PublicKey, SpkiSha256.ToLowerInvariant());

    /// <inheritdoc/>
    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var fault in base.Validate(validationContext))
        {
            yield return fault;
        }

        if (San is null == SpkiSha256 is null)
        {
            yield return new("must have either San or SpkiSha256.");
        }
        else if (SpkiSha256 is not null && !Digest().IsMatch(SpkiSha256))
        {
            yield return new("must be a SHA-256 digest: 64 hexadecimal digits.", [nameof(SpkiSha256)]);
        }
        else if (San?.Contains('*', StringComparison.Ordinal) == true)
        {
            yield return new("must be a whole DNS name, without a wildcard.", [nameof(San)]);
        }
    }

    [GeneratedRegex(@"\A[0-9a-fA-F]{64}\z")]
    private static partial Regex Digest();
}
