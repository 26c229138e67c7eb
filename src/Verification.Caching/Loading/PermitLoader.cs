using Verification.Caching.Coherence;
using Verification.Caching.Memory;
using Verification.Caching.Redis;
using Verification.Caching.Telemetry;
using Verification.Core.Lookup;
using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Core.Registry;
using Verification.Core.Rules.Dates;
using Verification.Core.Rules.Rulebooks;

namespace Verification.Caching.Loading;

/// <summary>
/// Loads from Redis what it has of current facts, and the rest from the registry: one question to each. Fills both tiers.
/// </summary>
/// <param name="registry">The registry.</param>
/// <param name="redis">What the nodes share; null where there is no Redis.</param>
/// <param name="rulebooks">The rulebooks that what is held is compiled under.</param>
/// <param name="metrics">Counts what the tiers are asked.</param>
/// <param name="clock">The clock.</param>
internal sealed class PermitLoader(
    ReadableParts registry, FactsCache? redis, RulebookLibrary rulebooks, CachingMetrics metrics, TimeProvider clock) : IPermitLoads
{
    /// <inheritdoc/>
    public async Task<LoadedPermits> LoadAsync(
        RegistryEpoch epoch, IReadOnlyCollection<PermitNumber> numbers, Rulebook rulebook, long revision, CancellationToken wanted)
    {
        var found = new Dictionary<PermitNumber, LoadedPermit>(numbers.Count);
        foreach (var number in numbers)
        {
            // A load that landed between the caller's look into memory and the start of this one has filled it.
            if (epoch.Recall(number) is { } known
                && new LoadedPermit(known, epoch.Memory.HistoryOf(number, known), LookupSource.Memory, default) is var held
                && held.Tells(rulebook, revision))
            {
                found[number] = held;
            }
        }

        if (redis is not null && Missing() is { Length: > 0 } forgotten)
        {
            using var call = new TierCall(metrics, LookupSource.Redis, forgotten.Length, clock);
            foreach (var (number, facts) in await redis.FindAsync(epoch.CacheId, forgotten))
            {
                if (facts.ReadAt >= epoch.Stamps[number])
                {
                    Take(number, Hold(epoch, number, facts.History, facts.ReadAt, LookupSource.Redis, default));
                }
            }
        }

        if (Missing() is not { Length: > 0 } unshared)
        {
            return new LoadedPermits(found, null);
        }

        using var reading = new TierCall(metrics, LookupSource.Registry, unshared.Length, clock);
        try
        {
            await registry.ReadAsync(unshared, (number, history, head) => Take(number, Keep(epoch, number, history, head)), wanted);
            return new LoadedPermits(found, null);
        }
        catch (RegistryUnavailableException failure)
        {
            reading.Failed();
            metrics.RegistryFailed();
            return new LoadedPermits(found, failure);
        }

        PermitNumber[] Missing() => [.. numbers.Where(number => !found.ContainsKey(number))];

        void Take(PermitNumber number, LoadedPermit permit)
        {
            // Who asks as of a time past seldom asks alone: a lottery's round names one revision in all its batches.
            if (permit.History is { } history && !permit.IsCompiled(rulebook, revision))
            {
                epoch.Memory.Hold(history);
            }

            found[number] = permit;
        }
    }

    /// <summary>Holds what the registry said in both tiers.</summary>
    private LoadedPermit Keep(RegistryEpoch epoch, PermitNumber number, PermitHistory? history, RegistryHead head)
    {
        if (head.RegistryId != epoch.RegistryId)
        {
            // What another registry says is nothing about this one; the feed will notice and begin anew.
            throw new RegistryUnavailableException("Another registry answered; it is being reloaded.");
        }

        if (history is not null)
        {
            redis?.Store(epoch.CacheId, new CachedFacts(history, head.Revision));
        }

        return Hold(epoch, number, history, head.Revision, LookupSource.Registry, head.AsOf);
    }

    private LoadedPermit Hold(
        RegistryEpoch epoch, PermitNumber number, PermitHistory? history, long readAt, LookupSource source, DateTimeOffset asOf)
    {
        // Whoever waits may have come under yesterday's rulebook; what is kept is for those who come from now on.
        var compiled = new CompiledPermit(number, history, readAt, rulebooks.From(Calendar.DateInBeijing(clock.GetUtcNow())));
        epoch.Memory.Hold(number, compiled);
        return new LoadedPermit(compiled, history, source, asOf);
    }
}
