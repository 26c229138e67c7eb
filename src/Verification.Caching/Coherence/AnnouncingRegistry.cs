using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Verification.Caching.Telemetry;
using Verification.Core.Permits;
using Verification.Core.Registry;

namespace Verification.Caching.Coherence;

/// <summary>
/// A registry whose commits are announced: this node polls at once, and the others hear of them. What is committed is answered so,
/// whatever becomes of the announcement. Damage that is met is noted.
/// </summary>
internal sealed class AnnouncingRegistry(IPermitRegistry registry, DamagedPermits damaged, Action announce, ILogger logger)
    : IPermitRegistry
{
    public async Task<AppendResult> AppendAsync(EventAppend append, CancellationToken cancellationToken)
    {
        var result = await damaged.WatchAsync(append.Permit, () => registry.AppendAsync(append, cancellationToken));
        if (result is { Rejection: null, AlreadyRecorded: false })
        {
            Announce();
        }

        return result;
    }

    public async Task<ImportBatchResult> ImportAsync(ImportBatch batch, CancellationToken cancellationToken)
    {
        var result = await registry.ImportAsync(batch, cancellationToken);
        Announce();
        return result;
    }

    /// <summary>Announced too: this node sees at once that the registry is another.</summary>
    public async Task<RegistryHead> MarkRestoredAsync(long jump, CancellationToken cancellationToken)
    {
        var head = await registry.MarkRestoredAsync(jump, cancellationToken);
        Announce();
        return head;
    }

    /// <summary>Announced too: this node sees at once which times are too early now.</summary>
    public async Task<ClockConfirmation> ConfirmClockAsync(CancellationToken cancellationToken)
    {
        var confirmation = await registry.ConfirmClockAsync(cancellationToken);
        Announce();
        return confirmation;
    }

    public Task<RegistryHead> ReadHeadAsync(CancellationToken cancellationToken) => registry.ReadHeadAsync(cancellationToken);

    public Task<PermitLoad> LoadAsync(PermitNumber number, CancellationToken cancellationToken) =>
        damaged.WatchAsync(number, () => registry.LoadAsync(number, cancellationToken));

    public Task<RegistrySnapshot> LoadAsync(IReadOnlyCollection<PermitNumber> numbers, CancellationToken cancellationToken) =>
        registry.LoadAsync(numbers, cancellationToken);

    public Task<RegistryChanges> ReadChangesAsync(long sinceRevision, int limit, CancellationToken cancellationToken) =>
        registry.ReadChangesAsync(sinceRevision, limit, cancellationToken);

    public Task<RegistryStamps> ReadBucketStampsAsync(CancellationToken cancellationToken) =>
        registry.ReadBucketStampsAsync(cancellationToken);

    public Task<ImportProgress> ReadImportAsync(string importId, CancellationToken cancellationToken) =>
        registry.ReadImportAsync(importId, cancellationToken);

    public Task<ImmutableArray<RejectedLine>> ReadRejectsAsync(
        string importId, long afterLine, int limit, CancellationToken cancellationToken) =>
        registry.ReadRejectsAsync(importId, afterLine, limit, cancellationToken);

    private void Announce()
    {
        try
        {
            announce();
        }
        catch (Exception exception)
        {
            Log.CommitNotAnnounced(logger, exception);
        }
    }
}
