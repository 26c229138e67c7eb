using System.Runtime.InteropServices;
using Verification.Caching.Coherence;
using Verification.Caching.Loading;
using Verification.Caching.Memory;
using Verification.Caching.Telemetry;
using Verification.Core.Lookup;
using Verification.Core.Permits;
using Verification.Core.Registry;
using Verification.Core.Rules.Rulebooks;
using Verification.Core.Rules.Timelines;

namespace Verification.Caching.Lookup;

/// <summary>
/// The way of a lookup: memory, then Redis, then the registry. What is found may answer only if the stamps allow it;
/// <see cref="FeedPosition"/> says why the answer is then exact.
/// </summary>
internal sealed class CachedLookup(
    FreshnessGate gate, ExactLoads loads, RevisionInstants instants, CachingMetrics metrics) : IPermitLookup
{
    /// <inheritdoc/>
    public ValueTask<PermitAnswer> FindAsync(
        PermitNumber number, Rulebook rulebook, FreshnessDemand demand, CancellationToken cancellationToken) =>
        TryFind(number, rulebook, demand, out var answer) ? new(answer) : FindBelowAsync(number, rulebook, demand, cancellationToken);

    /// <inheritdoc/>
    public bool TryFind(PermitNumber number, Rulebook rulebook, FreshnessDemand demand, out PermitAnswer answer)
    {
        // The position before anything else: what is looked up afterwards is then no older than it claims.
        if (gate.TryPass(demand) is { } position
            && position.Epoch.Recall(number) is { } known
            && known.TryTell(rulebook, out var timeline))
        {
            answer = Answer(position, known, timeline, rulebook, LookupSource.Memory, position.AsOf);
            return true;
        }

        answer = default;
        return false;
    }

    /// <inheritdoc/>
    public async ValueTask<PermitAnswer> FindKnownAtAsync(
        PermitNumber number, Rulebook rulebook, long revision, CancellationToken cancellationToken)
    {
        var batch = await FindManyKnownAtAsync([number], rulebook, revision, cancellationToken);
        return batch.Answers[0] ?? throw batch.Failure!;
    }

    /// <inheritdoc/>
    public async Task<PermitBatch> FindManyAsync(
        IReadOnlyList<PermitNumber> numbers, Rulebook rulebook, FreshnessDemand demand, CancellationToken cancellationToken)
    {
        var position = await gate.PassAsync(demand, cancellationToken);
        return await FindManyAsync(position, numbers, rulebook, position.Revision, position.AsOf, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<PermitBatch> FindManyKnownAtAsync(
        IReadOnlyList<PermitNumber> numbers, Rulebook rulebook, long revision, CancellationToken cancellationToken)
    {
        // What the registry held at a revision does not age; only whether it is still this registry must not be too long ago.
        var position = await gate.PassAsync(FreshnessDemand.AtLeastRevision(revision, TimeSpan.MaxValue), cancellationToken);
        var asOf = await instants.OfAsync(position, revision, cancellationToken);
        return await FindManyAsync(position, numbers, rulebook, revision, asOf, cancellationToken);
    }

    private async ValueTask<PermitAnswer> FindBelowAsync(
        PermitNumber number, Rulebook rulebook, FreshnessDemand demand, CancellationToken cancellationToken)
    {
        var position = await gate.PassAsync(demand, cancellationToken);
        if (position.Epoch.Recall(number) is { } known && known.TryTell(rulebook, out var timeline))
        {
            return Answer(position, known, timeline, rulebook, LookupSource.Memory, position.AsOf);
        }

        var loaded = await loads.LoadAsync(position, number, rulebook, cancellationToken);
        var asOf = loaded.AsOf > position.AsOf ? loaded.AsOf : position.AsOf;
        return Answer(position, loaded.Compiled, loaded.TimelineAt(rulebook, long.MaxValue), rulebook, loaded.Source, asOf);
    }

    /// <summary>Many numbers as of a revision up to the position's: of each exactly the events up to that revision.</summary>
    private async Task<PermitBatch> FindManyAsync(
        FeedPosition position,
        IReadOnlyList<PermitNumber> numbers,
        Rulebook rulebook,
        long revision,
        DateTimeOffset asOf,
        CancellationToken cancellationToken)
    {
        var answers = new PermitAnswer?[numbers.Count];
        var missing = new List<int>();
        for (var i = 0; i < answers.Length; i++)
        {
            if (i % RegistryEpoch.MostBroughtNear == 0)
            {
                BringNear(position.Epoch, numbers, i);
            }

            // Without an event after the revision it is the same there. With one, the facts are needed to leave it out.
            if (position.Epoch.Recall(numbers[i]) is { } known
                && known.LastRevision <= revision
                && known.TryTell(rulebook, out var timeline))
            {
                answers[i] = new PermitAnswer(timeline, rulebook, revision, asOf, LookupSource.Memory);
            }
            else
            {
                missing.Add(i);
            }
        }

        metrics.Answered(LookupSource.Memory, answers.Length - missing.Count);
        RegistryUnavailableException? failure = null;
        if (missing.Count > 0)
        {
            var loaded = await loads.LoadAsync(position, missing.Select(i => numbers[i]).ToHashSet(), rulebook, revision, cancellationToken);
            failure = loaded.Failure;
            foreach (var i in missing)
            {
                if (loaded.Found.TryGetValue(numbers[i], out var permit))
                {
                    answers[i] = new PermitAnswer(permit.TimelineAt(rulebook, revision), rulebook, revision, asOf, permit.Source);
                    metrics.Answered(permit.Source);
                }
            }
        }

        return new PermitBatch(revision, asOf, ImmutableCollectionsMarshal.AsImmutableArray(answers), failure);
    }

    private static void BringNear(RegistryEpoch epoch, IReadOnlyList<PermitNumber> numbers, int from)
    {
        Span<PermitNumber> next = stackalloc PermitNumber[RegistryEpoch.MostBroughtNear];
        var count = Math.Min(next.Length, numbers.Count - from);
        for (var i = 0; i < count; i++)
        {
            next[i] = numbers[from + i];
        }

        epoch.BringNear(next[..count]);
    }

    /// <summary>The claim: what <see cref="FeedPosition"/> proves, revision max(R, c).</summary>
    private PermitAnswer Answer(
        FeedPosition position, CompiledPermit known, PermitTimeline? timeline, Rulebook rulebook, LookupSource source, DateTimeOffset asOf)
    {
        metrics.Answered(source);
        return new PermitAnswer(timeline, rulebook, Math.Max(position.Revision, known.ReadAt), asOf, source);
    }
}
