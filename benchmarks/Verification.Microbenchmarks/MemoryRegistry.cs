using System.Collections.Immutable;
using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Core.Registry;

namespace Verification.Microbenchmarks;

/// <summary>A registry that has some permits at hand.</summary>
/// <param name="permits">The permits.</param>
/// <param name="clock">Its clock.</param>
internal sealed class MemoryRegistry(IReadOnlyDictionary<PermitNumber, PermitHistory> permits, TimeProvider clock) : IPermitRegistry
{
    private readonly Guid _id = Guid.NewGuid();
    private readonly long _revision = permits.Values.Max(history => history.Events[^1].Revision);

    private RegistryHead Now => new(_id, _revision, clock.GetUtcNow());

    /// <inheritdoc/>
    public Task<RegistryHead> ReadHeadAsync(CancellationToken cancellationToken) => Task.FromResult(Now);

    /// <inheritdoc/>
    public Task<PermitLoad> LoadAsync(PermitNumber number, CancellationToken cancellationToken) =>
        Task.FromResult(new PermitLoad(permits.GetValueOrDefault(number), Now));

    /// <inheritdoc/>
    public Task<RegistrySnapshot> LoadAsync(IReadOnlyCollection<PermitNumber> numbers, CancellationToken cancellationToken) =>
        Task.FromResult(new RegistrySnapshot(
            numbers.Distinct().Where(permits.ContainsKey).ToDictionary(number => number, number => permits[number]), Now));

    /// <inheritdoc/>
    public Task<RegistryChanges> ReadChangesAsync(long sinceRevision, int limit, CancellationToken cancellationToken) =>
        Task.FromResult(new RegistryChanges(Now, null, [], new LastRecorded(Samples.Noon, Samples.Noon)));

    /// <inheritdoc/>
    public Task<RegistryStamps> ReadBucketStampsAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new RegistryStamps(Now, [.. new long[RegistryStamps.BucketCount]]));

    /// <inheritdoc/>
    public Task<AppendResult> AppendAsync(EventAppend append, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <inheritdoc/>
    public Task<ImportProgress> ReadImportAsync(string importId, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <inheritdoc/>
    public Task<ImmutableArray<RejectedLine>> ReadRejectsAsync(
        string importId, long afterLine, int limit, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <inheritdoc/>
    public Task<ClockConfirmation> ConfirmClockAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <inheritdoc/>
    public Task<RegistryHead> MarkRestoredAsync(long jump, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <inheritdoc/>
    public Task<ImportBatchResult> ImportAsync(ImportBatch batch, CancellationToken cancellationToken) => throw new NotSupportedException();
}
