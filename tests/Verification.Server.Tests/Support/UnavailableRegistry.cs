using System.Collections.Immutable;
using Verification.Core.Permits;
using Verification.Core.Registry;

namespace Verification.Server.Tests.Support;

/// <summary>A registry that never answers.</summary>
internal sealed class UnavailableRegistry : IPermitRegistry
{
    public Exception Failure { get; init; } = new RegistryUnavailableException("The disk is gone.");

    public Task<RegistryHead> ReadHeadAsync(CancellationToken cancellationToken) => throw Failure;

    public Task<PermitLoad> LoadAsync(PermitNumber number, CancellationToken cancellationToken) => throw Failure;

    public Task<RegistrySnapshot> LoadAsync(IReadOnlyCollection<PermitNumber> numbers, CancellationToken cancellationToken) =>
        throw Failure;

    public Task<RegistryChanges> ReadChangesAsync(long sinceRevision, int limit, CancellationToken cancellationToken) =>
        throw Failure;

    public Task<RegistryStamps> ReadBucketStampsAsync(CancellationToken cancellationToken) => throw Failure;

    public Task<AppendResult> AppendAsync(EventAppend append, CancellationToken cancellationToken) => throw Failure;

    public Task<ImportProgress> ReadImportAsync(string importId, CancellationToken cancellationToken) => throw Failure;

    public Task<ImmutableArray<RejectedLine>> ReadRejectsAsync(
        string importId, long afterLine, int limit, CancellationToken cancellationToken) => throw Failure;

    public Task<ImportBatchResult> ImportAsync(ImportBatch batch, CancellationToken cancellationToken) => throw Failure;

    public Task<ClockConfirmation> ConfirmClockAsync(CancellationToken cancellationToken) => throw Failure;

    public Task<RegistryHead> MarkRestoredAsync(long jump, CancellationToken cancellationToken) => throw Failure;
}
