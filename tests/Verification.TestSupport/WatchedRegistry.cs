using System.Collections.Immutable;
using Verification.Core.Permits;
using Verification.Core.Registry;

namespace Verification.TestSupport;

/// <summary>A registry whose reads are counted and may be held up, forbidden or changed.</summary>
public sealed class WatchedRegistry(IPermitReader reader, IChangeLog changes, IRegistryWriter writer) : IPermitRegistry, IAsyncDisposable
{
    private int _loads;
    private int _polls;
    private int _numbersLoaded;

    public WatchedRegistry(IPermitRegistry registry)
        : this(registry, registry, registry)
    {
    }

    public int Loads => _loads;

    public int Polls => _polls;

    /// <summary>How many numbers were loaded, one loaded twice counted twice.</summary>
    public int NumbersLoaded => _numbersLoaded;

    /// <summary>Runs before each load.</summary>
    public Func<CancellationToken, Task> BeforeLoad { get; set; } = _ => Task.CompletedTask;

    /// <summary>Runs before each poll.</summary>
    public Func<CancellationToken, Task> BeforePoll { get; set; } = _ => Task.CompletedTask;

    /// <summary>Runs before each reading of the stamps.</summary>
    public Func<Task> BeforeStamps { get; set; } = () => Task.CompletedTask;

    /// <summary>What a head is told as.</summary>
    public Func<RegistryHead, RegistryHead> Head { get; set; } = head => head;

    /// <summary>
    /// Whether it lets on that something was recorded where nothing was: so a test of unknown numbers needs no event of its own.
    /// </summary>
    public bool SeemsRecordedIn { get; set; }

    /// <summary>Answers polls in its place.</summary>
    public IChangeLog? Instead { get; set; }

    public async Task<RegistryHead> ReadHeadAsync(CancellationToken cancellationToken)
    {
        await BeforePoll(cancellationToken);
        return Head(await (Instead ?? changes).ReadHeadAsync(cancellationToken));
    }

    public async Task<PermitLoad> LoadAsync(PermitNumber number, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _loads);
        Interlocked.Increment(ref _numbersLoaded);
        await BeforeLoad(cancellationToken);
        var load = await reader.LoadAsync(number, cancellationToken);
        return load with { Head = Head(load.Head) };
    }

    public async Task<RegistrySnapshot> LoadAsync(IReadOnlyCollection<PermitNumber> numbers, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _loads);
        Interlocked.Add(ref _numbersLoaded, numbers.Count);
        await BeforeLoad(cancellationToken);
        var snapshot = await reader.LoadAsync(numbers, cancellationToken);
        return snapshot with { Head = Head(snapshot.Head) };
    }

    public async Task<RegistryChanges> ReadChangesAsync(long sinceRevision, int limit, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _polls);
        await BeforePoll(cancellationToken);
        var read = await (Instead ?? changes).ReadChangesAsync(sinceRevision, limit, cancellationToken);
        var last = SeemsRecordedIn ? read.Last ?? new LastRecorded(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch) : read.Last;
        return read with { Head = Head(read.Head), Last = last };
    }

    public async Task<RegistryStamps> ReadBucketStampsAsync(CancellationToken cancellationToken)
    {
        await BeforeStamps();
        var stamps = await changes.ReadBucketStampsAsync(cancellationToken);
        return stamps with { Head = Head(stamps.Head) };
    }

    public Task<AppendResult> AppendAsync(EventAppend append, CancellationToken cancellationToken) =>
        writer.AppendAsync(append, cancellationToken);

    public Task<ImportProgress> ReadImportAsync(string importId, CancellationToken cancellationToken) =>
        writer.ReadImportAsync(importId, cancellationToken);

    public Task<ImmutableArray<RejectedLine>> ReadRejectsAsync(
        string importId, long afterLine, int limit, CancellationToken cancellationToken) =>
        writer.ReadRejectsAsync(importId, afterLine, limit, cancellationToken);

    public Task<ImportBatchResult> ImportAsync(ImportBatch batch, CancellationToken cancellationToken) =>
        writer.ImportAsync(batch, cancellationToken);

    public Task<ClockConfirmation> ConfirmClockAsync(CancellationToken cancellationToken) =>
        writer.ConfirmClockAsync(cancellationToken);

    public Task<RegistryHead> MarkRestoredAsync(long jump, CancellationToken cancellationToken) =>
        writer.MarkRestoredAsync(jump, cancellationToken);

    public ValueTask DisposeAsync() => (writer as IAsyncDisposable)?.DisposeAsync() ?? ValueTask.CompletedTask;
}
