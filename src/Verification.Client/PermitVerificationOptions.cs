using System.Security.Cryptography.X509Certificates;

namespace Verification.Client;

/// <summary>Where the permit verification service is, who asks, and how long a call may take.</summary>
/// <remarks>A class and not a record: its text form must not show the key.</remarks>
public sealed class PermitVerificationOptions
{
    /// <summary>The section of the configuration that <c>AddPermitVerification</c> reads by convention: <c>PermitVerification</c>.</summary>
    public const string Section = "PermitVerification";

    /// <summary>The gRPC address, <c>http</c> (HTTP/2 in clear text) or <c>https</c>. Default: <c>http://localhost:5081</c>.</summary>
    public Uri Address { get; set; } = new("http://localhost:5081");

    /// <summary>
    /// The addresses of several nodes, all <c>http</c> or all <c>https</c>: calls go to them in turn, but for those that cannot be reached or
    /// say that they cannot answer. Where there are any, <see cref="Address"/> is not used. Default: none.
    /// </summary>
    public IList<Uri> Addresses { get; } = [];

    /// <summary>
    /// Whether <see cref="Address"/> names several nodes by one host name, as a headless service of Kubernetes does: calls then go in turn to
    /// all that the name resolves to, as with <see cref="Addresses"/>. Default: false, one connection to whichever comes first.
    /// </summary>
    public bool BalanceOverDns { get; set; }

    /// <summary>
    /// The key that names the consumer, sent as <c>authorization: Bearer …</c> with every call, also over clear text. One to 4,096 visible
    /// ASCII characters. Default: none is sent. Set by the configuration, it may change while the program runs: the next call brings the
    /// new one.
    /// </summary>
    public string? ApiKey { get; set; }

    /// <summary>
    /// A file that holds an API key or a token, and nothing else but white space around it; looked at again every two seconds, so that a key
    /// or token may change while the program runs. A file that cannot be read later changes nothing. Default: none.
    /// </summary>
    public string? CredentialFile { get; set; }

    /// <summary>
    /// Gives the API key or the token for each call. It is asked every time, so it should keep what it got for as long as that is valid.
    /// Default: none. Only one of this, <see cref="CredentialFile"/> and <see cref="ApiKey"/> may be set.
    /// </summary>
    public Func<CancellationToken, ValueTask<string>>? Credential { get; set; }

    /// <summary>
    /// The consumer's certificate with its private key, in PEM; the key may stand in a file of its own, <see cref="CertificateKeyFile"/>. Read
    /// again for new connections, every two seconds at most. Needs <c>https</c>. Default: none.
    /// </summary>
    public string? CertificateFile { get; set; }

    /// <summary>The private key of <see cref="CertificateFile"/>, in PEM. Default: it stands in that file.</summary>
    public string? CertificateKeyFile { get; set; }

    /// <summary>The consumer's certificate with its private key, instead of <see cref="CertificateFile"/>. Default: none.</summary>
    public X509Certificate2? Certificate { get; set; }

    /// <summary>
    /// The authority that the service's certificate must come from, in PEM: one certificate or several, intermediates too. Nothing else is
    /// trusted then. Default: what this machine trusts.
    /// </summary>
    public string? AuthorityFile { get; set; }

    /// <summary>
    /// The language in which the service words what it refuses, as in <c>zh-CN</c>: <see cref="VerificationFault.LocalizedMessage"/>. Default: none
    /// is asked for.
    /// </summary>
    public string? AcceptLanguage { get; set; }

    /// <summary>
    /// How long a call with one request and one answer may take, its repetitions included, when the call itself sets no deadline. Default: 10
    /// seconds; null means without end. Streaming calls, <see cref="PermitVerificationClient.ImportAsync"/> among them, have none.
    /// </summary>
    public TimeSpan? Deadline { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long one try of a call of <see cref="IPermitVerification"/> may take, within <see cref="Deadline"/>. Default: 4 seconds; null means
    /// as long as all of it.
    /// </summary>
    public TimeSpan? TryDeadline { get; set; } = TimeSpan.FromSeconds(4);

    /// <summary>
    /// How often a call of <see cref="IPermitVerification"/> is tried, where repeating it is safe and may help. Default: 4; 1 repeats nothing.
    /// </summary>
    public int MaxTries { get; set; } = 4;

    /// <summary>
    /// How long <see cref="IPermitVerification.VerifyManyAsync"/> goes on waiting, for a service that is away or a budget that is used up, without
    /// a single answer. Default: one minute.
    /// </summary>
    public TimeSpan LongestWait { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The clock that deadlines and pauses are counted on. Default: the system's.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;
}
