using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Core.Registry;

namespace Verification.TestSupport;

/// <summary>A registry of any size that holds nothing: it makes each history when it is asked. Closed, it answers polls alone.</summary>
/// <param name="revision">Its revision; it never changes.</param>
/// <param name="clock">Its clock.</param>
/// <param name="history">A number's history, or null.</param>
public sealed class GeneratedRegistry(long revision, TimeProvider clock, Func<PermitNumber, PermitHistory?> history) : IPermitReader, IChangeLog
{
    private readonly Guid _id = Guid.NewGuid();
    private int _reads;

    /// <summary>How often it was touched otherwise than by a poll.</summary>
    public int Reads => _reads;

    /// <summary>Whether every touch but a poll fails.</summary>
    public bool Closed { get; set; }

    private RegistryHead Head => new(_id, revision, clock.GetUtcNow());

    public Task<RegistryChanges> ReadChangesAsync(long sinceRevision, int limit, CancellationToken cancellationToken) =>
        Task.FromResult(new RegistryChanges(Head, null, [], new LastRecorded(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch)));

    public Task<RegistryHead> ReadHeadAsync(CancellationToken cancellationToken) => Read(() => Head);

    public Task<PermitLoad> LoadAsync(PermitNumber number, CancellationToken cancellationToken) =>
        Read(() => new PermitLoad(history(number), Head));

    public Task<RegistrySnapshot> LoadAsync(IReadOnlyCollection<PermitNumber> numbers, CancellationToken cancellationToken) =>
        Read(() => new RegistrySnapshot(numbers.Select(history).OfType<PermitHistory>().ToDictionary(it => it.Number), Head));

    public Task<RegistryStamps> ReadBucketStampsAsync(CancellationToken cancellationToken) =>
        Read(() => new RegistryStamps(Head, [.. Enumerable.Repeat(revision, RegistryStamps.BucketCount)]));

    private Task<T> Read<T>(Func<T> answer)
    {
        Interlocked.Increment(ref _reads);
        return Closed ? throw new InvalidOperationException("The registry was read.") : Task.FromResult(answer());
    }
}
