namespace Verification.Client;

/// <summary>Where the permit verification service is, and how to call it.</summary>
/// <remarks>A class and not a record: its text form must not show the key.</remarks>
public sealed class PermitVerificationOptions
{
    /// <summary>The gRPC address, <c>http</c> (HTTP/2 in clear text) or <c>https</c>. Default: <c>http://localhost:5081</c>.</summary>
    public Uri Address { get; init; } = new("http://localhost:5081");

    /// <summary>
    /// The key that names the consumer, sent as <c>authorization: Bearer …</c> with every call, also over clear text.
    /// Default: none is sent. One to 4,096 visible ASCII characters.
    /// </summary>
    public string? ApiKey { get; init; }

    /// <summary>A file that holds an API key or a token, read with every call. Default: none.</summary>
    public string? CredentialFile { get; init; }

    /// <summary>The consumer's certificate, in PEM. Default: none.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>The private key of <see cref="CertificateFile"/>, in PEM. Default: it stands in that file.</summary>
    public string? CertificateKeyFile { get; init; }

    /// <summary>The authority that the service's certificate must come from, in PEM. Default: what this machine trusts.</summary>
    public string? AuthorityFile { get; init; }

    /// <summary>
    /// The language in which the service words what it refuses, as in <c>zh-CN</c>: <see cref="VerificationFault.LocalizedMessage"/>. Default: none
    /// is asked for.
    /// </summary>
    public string? AcceptLanguage { get; init; }

    /// <summary>
    /// How long a call with one request and one answer may take when the call itself sets no deadline. Default: 10 seconds;
    /// null means without end. Streaming calls, <see cref="PermitVerificationClient.ImportAsync"/> among them, have none.
    /// </summary>
    public TimeSpan? Deadline { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The clock that deadlines are counted on. Default: the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
