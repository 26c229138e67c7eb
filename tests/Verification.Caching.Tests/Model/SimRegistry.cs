using System.Collections.Immutable;
using Verification.Core.Lookup;
using Verification.Core.Permits;

namespace Verification.Caching.Tests.Model;

/// <summary>A node's way to the model's registry: slow before the snapshot and after it, at times without an answer.</summary>
internal class SimRegistry(ModelRegistry model, Turns turns, Random chance) : IPermitRegistry
{
    public Task<RegistryHead> ReadHeadAsync(CancellationToken cancellationToken) => AnswerAsync(() => model.Head);

    public virtual Task<PermitLoad> LoadAsync(PermitNumber number, CancellationToken cancellationToken) =>
        AnswerAsync(() => new PermitLoad(model.HistoryOf(number), model.Head));

    public Task<RegistrySnapshot> LoadAsync(IReadOnlyCollection<PermitNumber> numbers, CancellationToken cancellationToken) =>
        AnswerAsync(() => new RegistrySnapshot(
            numbers.Select(model.HistoryOf).OfType<PermitHistory>().ToDictionary(history => history.Number), model.Head));

    public Task<RegistryChanges> ReadChangesAsync(long sinceRevision, int limit, CancellationToken cancellationToken) =>
        AnswerAsync(() => model.ChangesSince(sinceRevision, limit));

    public Task<RegistryStamps> ReadBucketStampsAsync(CancellationToken cancellationToken) => AnswerAsync(model.Stamps);

    public Task<AppendResult> AppendAsync(EventAppend append, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<ImportProgress> ReadImportAsync(string importId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<ImmutableArray<RejectedLine>> ReadRejectsAsync(
        string importId, long afterLine, int limit, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<ImportBatchResult> ImportAsync(ImportBatch batch, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<RegistryHead> MarkRestoredAsync(long jump, CancellationToken cancellationToken) => throw new NotSupportedException();

    protected async Task<T> AnswerAsync<T>(Func<T> snapshot)
    {
        await turns.PassAsync();
        var answer = snapshot();
        await turns.PassAsync();
        return chance.Next(1_000) == 0 ? throw new RegistryUnavailableException("The model's registry was away.") : answer;
    }
}
