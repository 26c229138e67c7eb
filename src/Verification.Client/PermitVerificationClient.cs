using System.Runtime.CompilerServices;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Health.V1;
using Microsoft.Extensions.Logging;
using Permits.Audit.V1;
using Permits.Operations.V1;
using Permits.Registry.V1;
using Permits.Verification.V1;

namespace Verification.Client;

/// <summary>
/// The connection to the permit verification service. Safe for use by many threads at once; make one and keep it.
/// </summary>
/// <remarks>
/// <para>Through <see cref="IPermitVerification"/> it asks about permits: typed answers, repeated where that is safe, checked to be for what was
/// asked.</para>
/// <para><see cref="Verification"/>, <see cref="Registry"/> and <see cref="Audit"/> are the calls of the contract as they are, with the credential
/// and the deadline of the options. One that fails throws <see cref="RpcException"/>; <see cref="VerificationFault.From(RpcException)"/> reads what
/// the service said.</para>
/// </remarks>
public sealed class PermitVerificationClient : IPermitVerification, IDisposable
{
    private readonly Connection _connection;
    private readonly Tries _tries;
    private readonly PermitVerificationOptions _options;

    /// <summary>Makes a client. It connects with the first call.</summary>
    /// <exception cref="ArgumentException">Something is wrong with the options; the message lists all of it.</exception>
    public PermitVerificationClient(PermitVerificationOptions options)
        : this(options ?? throw new ArgumentNullException(nameof(options)), () => options.ApiKey, loggers: null)
    {
    }

    /// <summary>Makes a client whose key may change.</summary>
    internal PermitVerificationClient(PermitVerificationOptions options, Func<string?> apiKey, ILoggerFactory? loggers)
    {
        OptionsRules.ThrowIfWrong(options);
        _options = options;
        _tries = new Tries(options);
        _connection = new Connection(options, Credentials.Of(options, apiKey), loggers);
        var calls = _connection.Channel.Intercept(new CallDefaults(options.Deadline, options.TimeProvider));
        Verification = new VerificationService.VerificationServiceClient(calls);
        Registry = new RegistryService.RegistryServiceClient(calls);
        Audit = new AuditService.AuditServiceClient(calls);
        Operations = new OperationsService.OperationsServiceClient(calls);
        Health = new Health.HealthClient(calls);
    }

    /// <summary>The calls that check permits and explain the answers.</summary>
    public VerificationService.VerificationServiceClient Verification { get; }

    /// <summary>The calls that record what happened to permits; for the issuing authority.</summary>
    public RegistryService.RegistryServiceClient Registry { get; }

    /// <summary>The calls that read what was answered to whom; for the issuing authority.</summary>
    public AuditService.AuditServiceClient Audit { get; }

    /// <summary>The calls that tell how a node is; for those who run the service.</summary>
    public OperationsService.OperationsServiceClient Operations { get; }

    /// <summary>The calls that say whether the service works, as <c>grpc.health.v1</c> has them.</summary>
    public Health.HealthClient Health { get; }

    /// <inheritdoc/>
    public async Task<PermitVerdict> VerifyAsync(PermitCheck check, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(check);
        var message = check.ToMessage();
        var answer = await _tries.RunAsync(
            "Verify", check.IsGuess, options => Verification.VerifyPermitAsync(message, options), cancellationToken);
        var verdict = PermitVerdict.From(answer);
        AnswerCheck.ThrowIfForAnother(check, verdict);
        return verdict;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<PermitOutcome> VerifyManyAsync(
        IAsyncEnumerable<PermitCheck> checks, VerifyManyOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(checks);
        await using var run = new ManyChecks(Verification, checks, options ?? new(), _options, cancellationToken);
        while (await run.NextAsync() is { } outcomes)
        {
            foreach (var outcome in outcomes)
                yield return outcome;
        }
    }

    /// <inheritdoc/>
    public async Task<PermitTimeline> GetTimelineAsync(PermitTimelineQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        var message = query.ToMessage();
        var answer = await _tries.RunAsync(
            "GetTimeline",
            query.Subject?.IdentityNumber is { Length: > 0 },
            options => Verification.GetTimelineAsync(message, options),
            cancellationToken);
        var timeline = PermitTimeline.From(answer);
        AnswerCheck.ThrowIfForAnother(query, timeline);
        return timeline;
    }

    /// <inheritdoc/>
    public async Task<PermitCheckRecord> GetCheckAsync(string checkId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(checkId);
        var answer = await _tries.RunAsync(
            "GetCheck", isGuess: false, options => Verification.GetCheckAsync(new() { CheckId = checkId }, options), cancellationToken);
        var record = PermitCheckRecord.From(answer);
        AnswerCheck.ThrowIfForAnother(checkId, record);
        return record;
    }

    /// <inheritdoc/>
    public async Task<Rulebook> GetRulebookAsync(string? version = null, CancellationToken cancellationToken = default)
    {
        var answer = await _tries.RunAsync(
            "GetRulebook", isGuess: false, options => Verification.GetRulebookAsync(new() { Version = version ?? "" }, options), cancellationToken);
        var rulebook = answer.Rulebook ?? throw AnswerCheck.Broken("it has no rulebook");
        AnswerCheck.ThrowIfForAnother(version, rulebook);
        return rulebook;
    }

    /// <inheritdoc/>
    public async Task<PermitCaller> GetCallerAsync(CancellationToken cancellationToken = default) => PermitCaller.From(
        await _tries.RunAsync("GetCaller", isGuess: false, options => Verification.GetCallerAsync(new(), options), cancellationToken));

    /// <summary>Whether the service says that it can answer checks. It needs no credential, and is not repeated.</summary>
    /// <exception cref="PermitVerificationException">It could not be asked.</exception>
    /// <exception cref="OperationCanceledException">The call was given up.</exception>
    public async Task<bool> IsServingAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            var request = new HealthCheckRequest { Service = VerificationService.Descriptor.FullName };
            var answer = await Health.CheckAsync(request, cancellationToken: cancellationToken);
            return answer.Status == HealthCheckResponse.Types.ServingStatus.Serving;
        }
        catch (RpcException failure)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw PermitVerificationException.Of(failure);
        }
    }

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
        await foreach (var progress in UploadAsync(new() { ImportId = importId }, ndjson, cancellationToken))
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
        return UploadAsync(new() { CheckOnly = true }, ndjson, cancellationToken);
    }

    /// <summary>Closes the connection. Calls that are still running end as cancelled.</summary>
    public void Dispose() => _connection.Dispose();

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
}
