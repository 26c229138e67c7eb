using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Verification.Client;

/// <summary>Whom the client trusts, and by which certificate it is known.</summary>
internal static class TlsSettings
{
    public static void Apply(SslClientAuthenticationOptions tls, PermitVerificationOptions options)
    {
        tls.RemoteCertificateValidationCallback = UntrustedCertificateException.ThrowIfUntrusted;
        if (options.AuthorityFile is { } file)
            tls.CertificateChainPolicy = Trust(PemFiles.ReadAuthorities(file));
        if (options.Certificate is { } fixedOne)
            tls.LocalCertificateSelectionCallback = (_, _, _, _, _) => fixedOne;
        else if (options.CertificateFile is { } certificate)
        {
            var current = new Reloaded<X509Certificate2>(() => PemFiles.ReadCertificate(certificate, options.CertificateKeyFile), options.TimeProvider);
            tls.LocalCertificateSelectionCallback = (_, _, _, _, _) => current.Current;
        }
    }

    /// <summary>Trusts these roots and nothing else. A private authority seldom publishes whom it has taken back.</summary>
    private static X509ChainPolicy Trust(X509Certificate2Collection authorities)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        foreach (var authority in authorities)
        {
            if (authority.SubjectName.RawData.AsSpan().SequenceEqual(authority.IssuerName.RawData))
                policy.CustomTrustStore.Add(authority);
            else
                policy.ExtraStore.Add(authority);
        }
        return policy;
    }
}
