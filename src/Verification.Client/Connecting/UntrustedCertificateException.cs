using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Verification.Client;

/// <summary>The service's certificate is not trusted, and why.</summary>
internal sealed class UntrustedCertificateException(string message) : AuthenticationException(message)
{
    /// <summary>Trusts what this machine trusts, and says what it does not.</summary>
    public static bool ThrowIfUntrusted(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) =>
        errors == SslPolicyErrors.None ? true : throw new UntrustedCertificateException($"its certificate is not trusted: {WordsOf(chain, errors)}");

    private static string WordsOf(X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable))
            return "it sent none";
        var problems = chain?.ChainStatus.Select(status => WordsOf(status.Status)) ?? [];
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
            problems = problems.Append("it is for another name");
        return string.Join(", ", problems.Distinct());
    }

    private static string WordsOf(X509ChainStatusFlags problem) => problem switch
    {
        X509ChainStatusFlags.UntrustedRoot or X509ChainStatusFlags.PartialChain => "this machine does not know who issued it",
        X509ChainStatusFlags.NotTimeValid => "its time is over or has not come",
        X509ChainStatusFlags.Revoked => "it was revoked",
        _ => problem.ToString(),
    };
}
