using System.Collections.Immutable;
using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Core.Registry;

namespace Verification.AccessCost;

/// <summary>A registry that has its one permit at hand.</summary>
internal sealed class MemoryRegistry : IPermitRegistry
{
    private static readonly RegistryHead Head = new(Guid.Empty, 1, TimeProvider.System.GetUtcNow());

    private static RegistryHead Now => Head with { AsOf = TimeProvider.System.GetUtcNow() };

    private static readonly PermitNumber Number = PermitNumber.Parse("BJ2024000017");

    private static readonly Task<PermitLoad> Load = Task.FromResult(new PermitLoad(
        new PermitHistory(
            Number,
            [new RecordedEvent(1, new Issued(new DateOnly(2025, 8, 1), PermitKind.ResidencePermit), Head.AsOf, "measured")]),
        Head));

    /// <inheritdoc/>
    public Task<RegistryHead> ReadHeadAsync(CancellationToken cancellationToken) => Task.FromResult(Now);

    /// <inheritdoc/>
    public Task<PermitLoad> LoadAsync(PermitNumber number, CancellationToken cancellationToken) =>
        number == Number ? Load : Task.FromResult(new PermitLoad(null, Head));

    /// <inheritdoc/>
    public Task<RegistrySnapshot> LoadAsync(IReadOnlyCollection<PermitNumber> numbers, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    /// <inheritdoc/>
    public Task<RegistryChanges> ReadChangesAsync(long sinceRevision, int limit, CancellationToken cancellationToken) =>
        Task.FromResult(new RegistryChanges(Now, null, [], new LastRecorded(Head.AsOf, Head.AsOf)));

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
