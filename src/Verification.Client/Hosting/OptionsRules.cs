using System.Security.Cryptography;

namespace Verification.Client;

/// <summary>What options must be. Every problem names its option, and none says what a secret is.</summary>
internal static class OptionsRules
{
    private const int MostTries = 100;

    /// <exception cref="ArgumentException">Something is wrong; the message lists all of it.</exception>
    public static void ThrowIfWrong(PermitVerificationOptions options)
    {
        var problems = Problems(options).ToArray();
        if (problems.Length > 0)
            throw new ArgumentException(string.Join(" ", problems), nameof(options));
    }

    /// <summary>Everything that is wrong.</summary>
    public static IEnumerable<string> Problems(PermitVerificationOptions options)
    {
        foreach (var problem in ProblemsOfAddresses(options).Concat(ProblemsOfCredentials(options)).Concat(ProblemsOfFiles(options)))
            yield return problem;
        if (options.AcceptLanguage is { } language && (language.Length == 0 || language.Any(character => character is < ' ' or > '~')))
            yield return $"{nameof(options.AcceptLanguage)} must be a language as in zh-CN.";
        if (options.Deadline <= TimeSpan.Zero)
            yield return $"{nameof(options.Deadline)} must be above zero, or null.";
        if (options.TryDeadline <= TimeSpan.Zero)
            yield return $"{nameof(options.TryDeadline)} must be above zero, or null.";
        if (options.MaxTries is < 1 or > MostTries)
            yield return $"{nameof(options.MaxTries)} must be 1 to {MostTries}.";
        if (options.LongestWait < TimeSpan.Zero)
            yield return $"{nameof(options.LongestWait)} must not be negative.";
        if (options.TimeProvider is null)
            yield return $"{nameof(options.TimeProvider)} must not be null.";
    }

    private static IEnumerable<string> ProblemsOfAddresses(PermitVerificationOptions options)
    {
        var nodes = Nodes(options);
        if (nodes.Any(node => node is not { IsAbsoluteUri: true, Scheme: "http" or "https" }))
        {
            yield return $"{NameOfAddress(options)} must start with http:// or https://.";
            yield break;
        }
        if (nodes.Select(node => node.Scheme).Distinct().Count() > 1)
            yield return $"{nameof(options.Addresses)} must be all http or all https.";
        if (options is { BalanceOverDns: true, Addresses.Count: > 0 })
            yield return $"{nameof(options.BalanceOverDns)} is for {nameof(options.Address)}, not for {nameof(options.Addresses)}.";
        if (HasCertificate(options) && nodes.Any(node => node.Scheme != "https"))
            yield return $"A certificate is sent over https only; {NameOfAddress(options)} is http.";
        if (options.AuthorityFile is not null && nodes.Any(node => node.Scheme != "https"))
            yield return $"{nameof(options.AuthorityFile)} is for https only; {NameOfAddress(options)} is http.";
    }

    private static IEnumerable<string> ProblemsOfCredentials(PermitVerificationOptions options)
    {
        if (new object?[] { options.ApiKey, options.CredentialFile, options.Credential }.Count(set => set is not null) > 1)
            yield return $"Only one of {nameof(options.ApiKey)}, {nameof(options.CredentialFile)} and {nameof(options.Credential)} may be set.";
        if (options.ApiKey is { } key && !CredentialText.IsOne(key))
            yield return $"{nameof(options.ApiKey)}: {CredentialText.Rule}";
        if (options.Certificate is not null && options.CertificateFile is not null)
            yield return $"Only one of {nameof(options.Certificate)} and {nameof(options.CertificateFile)} may be set.";
        if (options.Certificate is { HasPrivateKey: false })
            yield return $"{nameof(options.Certificate)} must have its private key.";
        if (options is { CertificateKeyFile: not null, CertificateFile: null })
            yield return $"{nameof(options.CertificateKeyFile)} needs {nameof(options.CertificateFile)}.";
    }

    /// <summary>Files are read once: what cannot be read is told at the start, by name.</summary>
    private static IEnumerable<string> ProblemsOfFiles(PermitVerificationOptions options)
    {
        if (options.CredentialFile is { } credential && ProblemOf(() => CredentialText.ReadFile(credential)) is { } first)
            yield return $"{nameof(options.CredentialFile)}: {first}";
        if (options.CertificateFile is { } certificate
            && ProblemOf(() => PemFiles.ReadCertificate(certificate, options.CertificateKeyFile).Dispose()) is { } second)
            yield return $"{nameof(options.CertificateFile)}: {second}";
        if (options.AuthorityFile is { } authority && ProblemOf(() => PemFiles.ReadAuthorities(authority)) is { } third)
            yield return $"{nameof(options.AuthorityFile)}: {third}";
    }

    private static string? ProblemOf(Action read)
    {
        try
        {
            read();
            return null;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or CryptographicException or FormatException)
        {
            return unreadable.Message;
        }
    }

    private static bool HasCertificate(PermitVerificationOptions options) => options.Certificate is not null || options.CertificateFile is not null;

    private static IList<Uri> Nodes(PermitVerificationOptions options) => options.Addresses.Count > 0 ? options.Addresses : [options.Address];

    private static string NameOfAddress(PermitVerificationOptions options) =>
        options.Addresses.Count > 0 ? nameof(options.Addresses) : nameof(options.Address);
}
