using Verification.Core.Lookup;
using Verification.Core.Registry;

namespace Verification.Caching.Coherence;

/// <summary>Lets a check pass when this node knows the registry freshly enough, and otherwise has it catch up first.</summary>
internal sealed class FreshnessGate(ChangeFeed feed, FeedOptions options, TimeProvider clock)
{
    /// <summary>A position that satisfies a demand already, or null. Allocates nothing.</summary>
    public FeedPosition? TryPass(FreshnessDemand demand)
    {
        var position = feed.Position;
        return position?.Last is not null
            && !demand.IsFullyConsistent
            && IsEnough(position, demand)
                ? position
                : null;
    }

    /// <summary>A position that satisfies a demand, if need be after a poll that begins now.</summary>
    /// <exception cref="StaleException">The registry was not heard of in time.</exception>
    /// <exception cref="RevisionUnknownException">The registry has not reached the revision.</exception>
    /// <exception cref="RegistryEmptyException">Nothing was ever recorded in the registry.</exception>
    /// <exception cref="RegistryUnavailableException">The registry was not heard of at all yet.</exception>
    public ValueTask<FeedPosition> PassAsync(FreshnessDemand demand, CancellationToken cancellationToken) =>
        TryPass(demand) is { } position ? new(position) : CatchUpAsync(demand, cancellationToken);

    private async ValueTask<FeedPosition> CatchUpAsync(FreshnessDemand demand, CancellationToken cancellationToken)
    {
        if (feed.Position is { Last: null } empty && !demand.IsFullyConsistent && IsEnough(empty, demand))
        {
            throw new RegistryEmptyException();
        }

        if (feed.Position is { } behind && behind.Sent.Age(clock) is var age && age > Allowed(demand) && age > HeardOfLately)
        {
            // The feed is in trouble: to wait for it would hold up every caller there is.
            throw new StaleException(age);
        }

        if (!demand.IsFullyConsistent && feed.Failure is { } failure)
        {
            // The next poll comes when it comes; who waits for it would only wait to hear the same.
            throw NotHeardOf(failure);
        }

        try
        {
            await feed.NextPollAsync(insist: demand.IsFullyConsistent).WaitAsync(cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw NotHeardOf(exception);
        }

        // That poll was sent after the request came: no staleness of the request is left to check.
        var position = feed.Position ?? throw NotHeardOf(null);
        return position.Last is null ? throw new RegistryEmptyException()
            : position.Revision >= demand.Revision ? position
            : throw new RevisionUnknownException(demand.Revision, position.Revision);
    }

    private bool IsEnough(FeedPosition position, FreshnessDemand demand) =>
        position.Revision >= demand.Revision && position.Sent.Age(clock) <= Allowed(demand);

    private TimeSpan HeardOfLately => 3 * options.PollInterval;

    private TimeSpan Allowed(FreshnessDemand demand)
    {
        var allowed = demand.Staleness ?? options.DefaultStaleness;
        return allowed < options.StalenessCap ? allowed : options.StalenessCap;
    }

    private Exception NotHeardOf(Exception? cause) => feed.Position is { } position
        ? new StaleException(position.Sent.Age(clock), cause)
        : new RegistryUnavailableException("The registry was not heard of yet.", cause);
}
