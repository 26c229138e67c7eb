using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading.RateLimiting;
using Verification.Server.Access.Consumers;
using Verification.Server.Access.Settings;
using Verification.Server.Configuration;

namespace Verification.Server.Access;

/// <summary>The authorities that client certificates must come from.</summary>
internal sealed class CertificateAuthority : IDisposable
{
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";
    private const int LookupsAtOnce = 8;
    private const int LookupsWaiting = 256;

    private const X509ChainStatusFlags Unknown = X509ChainStatusFlags.RevocationStatusUnknown | X509ChainStatusFlags.OfflineRevocation;

    // The framework's own default is 15 seconds, on which callers do not wait.
    private static readonly TimeSpan LookupTimeout = TimeSpan.FromSeconds(3);

    private readonly X509Certificate2Collection _roots = [];
    private readonly X509Certificate2Collection _intermediates = [];
    private readonly X509RevocationMode _revocationMode;

    // Lookups of revocation block a thread for as long as the authority's server takes. They get threads of their own, and few.
    private readonly ConcurrencyLimiter _lookups = new(new ConcurrencyLimiterOptions { PermitLimit = LookupsAtOnce, QueueLimit = LookupsWaiting });

    /// <summary>The authorities of a PEM file.</summary>
    /// <exception cref="StartRefusedException">It cannot be read, or has no root.</exception>
    public CertificateAuthority(CertificateOptions options)
    {
        _revocationMode = options.RevocationMode;
        if (options.AuthorityFile is not { } path)
        {
            return;
        }

        try
        {
            var all = new X509Certificate2Collection();
            all.ImportFromPemFile(path);
            foreach (var certificate in all)
            {
                var isRoot = certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData);
                (isRoot ? _roots : _intermediates).Add(certificate);
            }
        }
        catch (Exception cause) when (cause is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"{CertificateOptions.Section}:AuthorityFile cannot be read: {cause.Message}", cause);
        }

        if (_roots.Count == 0)
        {
            throw new StartRefusedException($"{CertificateOptions.Section}:AuthorityFile has no root certificate.");
        }
    }

    /// <summary>What is wrong with a client's certificate; null when its chain ends at one of the authorities.</summary>
    public async Task<CredentialFault?> FaultOfAsync(X509Certificate2 certificate, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (_revocationMode == X509RevocationMode.NoCheck)
        {
            return FaultOf(certificate, now);
        }

        using var lease = await _lookups.AcquireAsync(1, cancellationToken);
        return lease.IsAcquired
            ? await Task.Factory.StartNew(
                () => FaultOf(certificate, now), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)
            : CredentialFault.RevocationUnknown;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _lookups.Dispose();
        foreach (var certificate in _roots.Concat(_intermediates))
        {
            certificate.Dispose();
        }
    }

    private CredentialFault? FaultOf(X509Certificate2 certificate, DateTimeOffset now)
    {
        if (_roots.Count == 0)
        {
            return CredentialFault.Invalid;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(_roots);
        chain.ChainPolicy.ExtraStore.AddRange(_intermediates);
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.RevocationMode = _revocationMode;
        chain.ChainPolicy.UrlRetrievalTimeout = LookupTimeout;
        chain.ChainPolicy.VerificationTime = now.UtcDateTime;
        chain.ChainPolicy.VerificationTimeIgnored = false;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ClientAuthentication));
        try
        {
            return chain.Build(certificate) ? null : FaultOf(chain, certificate, now);
        }
        finally
        {
            foreach (var element in chain.ChainElements)
            {
                element.Certificate.Dispose();
            }
        }
    }

    /// <summary>Time and revocation are told apart only where nothing else is wrong: a stranger learns nothing about them.</summary>
    private static CredentialFault FaultOf(X509Chain chain, X509Certificate2 certificate, DateTimeOffset now)
    {
        var status = chain.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, one) => all | one.Status);
        return (status & ~Unknown) switch
        {
            X509ChainStatusFlags.NoError => CredentialFault.RevocationUnknown,
            X509ChainStatusFlags.NotTimeValid when now < certificate.NotBefore.ToUniversalTime() => CredentialFault.NotYetValid,
            X509ChainStatusFlags.NotTimeValid => CredentialFault.Expired,
            X509ChainStatusFlags.Revoked => CredentialFault.Revoked,
            _ => CredentialFault.Invalid,
        };
    }
}
