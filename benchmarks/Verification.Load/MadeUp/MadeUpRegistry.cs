using System.Collections.Immutable;
using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Core.Registry;

namespace Verification.Load.MadeUp;

/// <summary>A registry of made-up permits that holds nothing: it tells each history when it is asked. For sizes that no import reaches in time.</summary>
/// <param name="permits">The permits.</param>
/// <param name="count">How many of them there are.</param>
/// <param name="clock">Its clock.</param>
internal sealed class MadeUpRegistry(MadeUpPermits permits, int count, TimeProvider clock) : IPermitRegistry
{
    private readonly Guid _id = Guid.NewGuid();

    private RegistryHead Head => new(_id, (long)count * Story.EventsAPermit, clock.GetUtcNow());

    /// <inheritdoc/>
    public Task<RegistryHead> ReadHeadAsync(CancellationToken cancellationToken) => Task.FromResult(Head);

    /// <inheritdoc/>
    public Task<PermitLoad> LoadAsync(PermitNumber number, CancellationToken cancellationToken) =>
        Task.FromResult(new PermitLoad(Find(number), Head));

    /// <inheritdoc/>
    public Task<RegistrySnapshot> LoadAsync(IReadOnlyCollection<PermitNumber> numbers, CancellationToken cancellationToken) =>
        Task.FromResult(new RegistrySnapshot(numbers.Distinct().Select(Find).OfType<PermitHistory>().ToDictionary(history => history.Number), Head));

    /// <inheritdoc/>
    public Task<RegistryChanges> ReadChangesAsync(long sinceRevision, int limit, CancellationToken cancellationToken) =>
        Task.FromResult(new RegistryChanges(Head, null, [], new LastRecorded(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch)));

    /// <inheritdoc/>
    public Task<RegistryStamps> ReadBucketStampsAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new RegistryStamps(Head, [.. Enumerable.Repeat(Head.Revision, RegistryStamps.BucketCount)]));

    /// <inheritdoc/>
    public Task<AppendResult> AppendAsync(EventAppend append, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <inheritdoc/>
    public Task<ImportProgress> ReadImportAsync(string importId, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <inheritdoc/>
    public Task<ImmutableArray<RejectedLine>> ReadRejectsAsync(
        string importId, long afterLine, int limit, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <inheritdoc/>
    public Task<ImportBatchResult> ImportAsync(ImportBatch batch, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <inheritdoc/>
    public Task<ClockConfirmation> ConfirmClockAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <inheritdoc/>
    public Task<RegistryHead> MarkRestoredAsync(long jump, CancellationToken cancellationToken) => throw new NotSupportedException();

    private PermitHistory? Find(PermitNumber number) => MadeUpPermits.IndexOf(number, count) is { } index ? permits.HistoryOf(index) : null;
}
