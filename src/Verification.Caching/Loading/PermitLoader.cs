using Verification.Caching.Coherence;
using Verification.Caching.Memory;
using Verification.Caching.Redis;
using Verification.Core.Lookup;
using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Core.Registry;
using Verification.Core.Rules.Rulebooks;

namespace Verification.Caching.Loading;

/// <summary>Loads what memory does not hold: from Redis where it has current facts, else from the registry. Fills both tiers.</summary>
internal sealed class PermitLoader(
    IPermitReader registry, IFactsCache redis, LoadFlights flights, Func<Rulebook> rulebook, MemoryOptions options, TimeProvider clock)
    : IDisposable
{
    // A load joined under way may be older than the position; the next one began after it. A third is for a registry that lags.
    private const int Attempts = 3;

    private readonly SemaphoreSlim _turns = new(options.MaxConcurrentLoads);

    /// <summary>Facts of a number that are exact under a position (see <see cref="FeedPosition"/>).</summary>
    public async ValueTask<LoadedPermit> LoadAsync(FeedPosition position, PermitNumber number, CancellationToken cancellationToken)
    {
        var epoch = position.Epoch;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var loaded = await flights.JoinAsync(epoch, number, token => LoadAsync(epoch, number, token), cancellationToken);
            if (loaded.Compiled.ReadAt >= position.Revision || loaded.Compiled.ReadAt >= epoch.Stamps[number])
            {
                return loaded;
            }
        }

        throw Behind(position);
    }

    /// <summary>Facts of many numbers that are exact under a position: one question to Redis, one to the registry for the rest.</summary>
    public async Task LoadAsync(
        FeedPosition position,
        IReadOnlyCollection<PermitNumber> numbers,
        Dictionary<PermitNumber, LoadedPermit> found,
        CancellationToken cancellationToken)
    {
        var epoch = position.Epoch;
        foreach (var (number, facts) in await redis.FindAsync(epoch.CacheId, numbers, cancellationToken))
        {
            if (facts.ReadAt >= epoch.Stamps[number])
            {
                found[number] = Fill(epoch, number, facts.History, facts.ReadAt, LookupSource.Redis, default);
            }
        }

        var missing = numbers.Where(number => !found.ContainsKey(number)).ToArray();
        if (missing.Length == 0)
        {
            return;
        }

        var snapshot = await RegistryDeadline.RunAsync(
            token => TakeTurnAsync(() => registry.LoadAsync(missing, token), token), options.LoadDeadline, clock, cancellationToken);
        RefuseAnother(epoch, snapshot.Head);
        if (snapshot.Head.Revision < position.Revision)
        {
            throw Behind(position);
        }

        foreach (var number in missing)
        {
            var history = snapshot.Histories.GetValueOrDefault(number);
            found[number] = Fill(epoch, number, history, snapshot.Head.Revision, LookupSource.Registry, snapshot.Head.AsOf);
        }
    }

    public void Dispose() => _turns.Dispose();

    private async Task<LoadedPermit> LoadAsync(RegistryEpoch epoch, PermitNumber number, CancellationToken cancellationToken)
    {
        // A load that landed between the caller's look into memory and the start of this one has filled it.
        if (epoch.Recall(number, rulebook()) is { } known)
        {
            return new LoadedPermit(known, null, LookupSource.Memory, default);
        }

        if (await redis.FindAsync(epoch.CacheId, number, cancellationToken) is { } facts && facts.ReadAt >= epoch.Stamps[number])
        {
            return Fill(epoch, number, facts.History, facts.ReadAt, LookupSource.Redis, default);
        }

        var load = await TakeTurnAsync(() => registry.LoadAsync(number, cancellationToken), cancellationToken);
        RefuseAnother(epoch, load.Head);
        return Fill(epoch, number, load.History, load.Head.Revision, LookupSource.Registry, load.Head.AsOf);
    }

    private LoadedPermit Fill(
        RegistryEpoch epoch, PermitNumber number, PermitHistory? history, long readAt, LookupSource source, DateTimeOffset asOf)
    {
        var compiled = new CompiledPermit(history, readAt, rulebook());
        epoch.Memory.Hold(number, compiled);
        if (source == LookupSource.Registry && history is not null)
        {
            redis.Store(epoch.CacheId, new CachedFacts(history, readAt));
        }

        return new LoadedPermit(compiled, history, source, asOf);
    }

    private async Task<T> TakeTurnAsync<T>(Func<Task<T>> read, CancellationToken cancellationToken)
    {
        await _turns.WaitAsync(cancellationToken);
        try
        {
            return await read();
        }
        finally
        {
            _turns.Release();
        }
    }

    /// <summary>What another registry says is nothing about this one; the feed will notice and begin anew.</summary>
    private static void RefuseAnother(RegistryEpoch epoch, RegistryHead head)
    {
        if (head.RegistryId != epoch.RegistryId)
        {
            throw new RegistryUnavailableException("Another registry answered; it is being reloaded.");
        }
    }

    private static RegistryUnavailableException Behind(FeedPosition position) =>
        new($"The registry answered from before revision {position.Revision}.");
}
