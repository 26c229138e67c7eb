using System.Collections.Frozen;
using System.Net.Security;
using Verification.Server.Hosting.Settings;

namespace Verification.Server.Hosting.Certificates;

/// <summary>
/// The server's certificates that come from files, each as its file is now: a new connection gets the new one, and those that are open go on.
/// </summary>
internal sealed class CurrentCertificates
{
    // By the certificate that the framework loaded at the start, as it does not say for which endpoint a connection came.
    private readonly FrozenDictionary<string, CertificateFile> _files;

    /// <summary>Those of the settings, which the framework has loaded once for trial.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="root">The folder that paths begin at.</param>
    public CurrentCertificates(KestrelSettings settings, string root) => _files = CertificatesOf(settings)
        .Select(it => CertificateFile.Read(it.Name, it.Settings, root))
        .OfType<CertificateFile>()
        .GroupBy(file => file.Current.TargetCertificate.Thumbprint)
        .ToFrozenDictionary(group => group.Key, group => group.First());

    /// <summary>All of them.</summary>
    public IEnumerable<CertificateFile> Files => _files.Values;

    /// <summary>Puts the current certificate in the place of the one of the start.</summary>
    public void Apply(SslServerAuthenticationOptions tls)
    {
        if (tls.ServerCertificateContext is { TargetCertificate.Thumbprint: var loaded } && _files.TryGetValue(loaded, out var file))
        {
            tls.ServerCertificateContext = file.Current;
        }
    }

    private static IEnumerable<(string Name, ServerCertificateSettings Settings)> CertificatesOf(KestrelSettings settings) =>
    [
        .. settings.Certificates.Select(it => ($"Certificates:{it.Key}", it.Value)),
        .. settings.Endpoints.Select(it => ($"Endpoints:{it.Key}", it.Value.Certificate)),
        .. settings.Endpoints.SelectMany(it => it.Value.Sni.Select(name => ($"Endpoints:{it.Key}:Sni:{name.Key}", name.Value.Certificate))),
    ];
}
