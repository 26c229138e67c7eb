using System.Net.Security;
using System.Runtime.Versioning;

namespace Verification.Server.Hosting;

/// <summary>
/// The cipher suites of TLS: authenticated encryption with forward secrecy alone. HTTP/2 forbids the others (RFC 9113, appendix A), though
/// the platform's own list has some of TLS 1.2's.
/// </summary>
internal static class TlsCiphers
{
    [UnsupportedOSPlatformGuard("windows")]
    private static readonly bool IsSettable = !OperatingSystem.IsWindows();

    /// <summary>The policy; null where the platform decides for all programs (Windows: group policy, or Schannel's own settings).</summary>
    public static CipherSuitesPolicy? Policy { get; } = IsSettable
        ? new CipherSuitesPolicy(
        [
            TlsCipherSuite.TLS_AES_256_GCM_SHA384,
            TlsCipherSuite.TLS_CHACHA20_POLY1305_SHA256,
            TlsCipherSuite.TLS_AES_128_GCM_SHA256,
            TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
            TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
            TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
            TlsCipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
            TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
            TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
        ])
        : null;
}
