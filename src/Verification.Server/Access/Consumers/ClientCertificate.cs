using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Verification.Server.Access.Consumers;

/// <summary>A client certificate whose chain was found good: what it is known by, and its own term.</summary>
/// <param name="Pins">Everything it is known by; the public key first.</param>
/// <param name="Term">Its term.</param>
internal sealed record ClientCertificate(ImmutableArray<CertificatePin> Pins, Validity Term) : Credential
{
    /// <summary>What a certificate says.</summary>
    public static ClientCertificate From(X509Certificate2 certificate)
    {
        var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().SelectMany(extension => extension.EnumerateDnsNames());
        return new ClientCertificate(
            [
                new CertificatePin(
                    CertificatePinKind.PublicKey,
                    Convert.ToHexStringLower(SHA256.HashData(certificate.PublicKey.ExportSubjectPublicKeyInfo()))),
                .. names.Select(name => new CertificatePin(CertificatePinKind.SubjectAlternativeName, name.ToLowerInvariant())),
            ],
            new Validity(certificate.NotBefore.ToUniversalTime(), certificate.NotAfter.ToUniversalTime()));
    }

    /// <inheritdoc/>
    protected override AccessDecision? Find(ConsumerSet set)
    {
        foreach (var pin in Pins)
        {
            if (set.TryFind(pin, out var grant))
            {
                return new AccessDecision(set, grant.Consumer, grant.Validity.And(Term));
            }
        }

        return null;
    }
}
