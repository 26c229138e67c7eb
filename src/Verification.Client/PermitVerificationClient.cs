using System.Net.Security;
using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Health.V1;
using Grpc.Net.Client;
using Permits.Audit.V1;
using Permits.Registry.V1;
using Permits.Verification.V1;

namespace Verification.Client;

/// <summary>
/// One connection to the permit verification service. Safe for use by many threads at once; make one and keep it.
/// </summary>
/// <remarks>
/// A failed call throws <see cref="RpcException"/>; <see cref="VerificationFault.From(RpcException)"/> reads what the service said.
/// An unknown permit is no failure: it is an answer with the status <c>NOT_FOUND</c>.
/// </remarks>
public sealed class PermitVerificationClient : IDisposable
{
    private const int MaxAnswerBytes = 16 * 1024 * 1024;

    private readonly GrpcChannel _channel;

    /// <summary>Makes a client. It connects with the first call.</summary>
    /// <exception cref="ArgumentException">The address is not http or https, or the key cannot be sent in a header.</exception>
    public PermitVerificationClient(PermitVerificationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var defaults = new CallDefaults(options);
        _channel = GrpcChannel.ForAddress(options.Address, new GrpcChannelOptions
        {
            HttpHandler = CreateHandler(options),
            DisposeHttpClient = true,
            MaxReceiveMessageSize = MaxAnswerBytes,
        });
        var calls = _channel.Intercept(defaults);
        Verification = new VerificationService.VerificationServiceClient(calls);
        Registry = new RegistryService.RegistryServiceClient(calls);
        Audit = new AuditService.AuditServiceClient(calls);
        Health = new Health.HealthClient(calls);
    }

    /// <summary>Checks permits and explains the answers.</summary>
    public VerificationService.VerificationServiceClient Verification { get; }

    /// <summary>Records what happened to permits; for the issuing authority.</summary>
    public RegistryService.RegistryServiceClient Registry { get; }

    /// <summary>Reads what was answered to whom; for the issuing authority.</summary>
    public AuditService.AuditServiceClient Audit { get; }

    /// <summary>Says whether the service works, as <c>grpc.health.v1</c> has it.</summary>
    public Health.HealthClient Health { get; }

    /// <summary>
    /// Loads a registry file (NDJSON) and answers how far it is, message by message; the last one is the whole.
    /// An import that broke off resumes where it stopped when it is started again with the same id and the same bytes.
    /// </summary>
    /// <param name="importId">Names the file, 1 to 128 visible ASCII characters, for example the SHA-256 of its bytes.</param>
    /// <param name="ndjson">The file, read from where it stands to its end. Not closed.</param>
    /// <param name="cancellationToken">Ends the import; what the service has stored by then stays.</param>
    /// <exception cref="RpcException">The import failed or broke off.</exception>
    /// <exception cref="IOException">The file could not be read.</exception>
    public async IAsyncEnumerable<ImportEventsResponse> ImportAsync(
        string importId, Stream ndjson, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(importId);
        ArgumentNullException.ThrowIfNull(ndjson);
        var first = new ImportEventsRequest { ImportId = importId };
        await foreach (var progress in UploadAsync(first, ndjson, cancellationToken))
            yield return progress;
    }

    /// <summary>
    /// Has a registry file (NDJSON) judged as <see cref="ImportAsync"/> would against the registry as it stands, and nothing of it stored: the
    /// same report, message by message, without a revision. A service of a version that cannot do so refuses the call.
    /// </summary>
    /// <param name="ndjson">The file, read from where it stands to its end. Not closed.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    /// <exception cref="RpcException">The check failed or broke off.</exception>
    /// <exception cref="IOException">The file could not be read.</exception>
    public IAsyncEnumerable<ImportEventsResponse> CheckImportAsync(Stream ndjson, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ndjson);
        return UploadAsync(new ImportEventsRequest { CheckOnly = true }, ndjson, cancellationToken);
    }

    /// <summary>Closes the connection. Calls that are still running end as cancelled.</summary>
    public void Dispose() => _channel.Dispose();

    private async IAsyncEnumerable<ImportEventsResponse> UploadAsync(
        ImportEventsRequest first, Stream ndjson, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var upload = ImportUpload.Start(Registry, first, ndjson, cancellationToken);
        try
        {
            while (await upload.MoveNextAsync())
                yield return upload.Current;
        }
        finally
        {
            await upload.StopAsync();
        }
    }

    private static SslClientAuthenticationOptions Tls(PermitVerificationOptions options)
    {
        var tls = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = UntrustedCertificateException.ThrowIfUntrusted };
        if (options.AuthorityFile is { } authorities)
        {
            tls.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            tls.CertificateChainPolicy.CustomTrustStore.ImportFromPemFile(authorities);
        }
        if (options.CertificateFile is { } certificate)
            tls.ClientCertificates = [X509Certificate2.CreateFromPemFile(certificate, options.CertificateKeyFile)];
        return tls;
    }

    private static SocketsHttpHandler CreateHandler(PermitVerificationOptions options) => new()
    {
        // A proxy from the environment could not reach this machine's loopback.
        UseProxy = !options.Address.IsLoopback,
        SslOptions = Tls(options),
        ConnectTimeout = TimeSpan.FromSeconds(10),
        // An import has no deadline: pings find out when the other side is gone without a word.
        KeepAlivePingDelay = TimeSpan.FromSeconds(20),
        KeepAlivePingTimeout = TimeSpan.FromSeconds(20),
        KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
        EnableMultipleHttp2Connections = true,
    };
}
