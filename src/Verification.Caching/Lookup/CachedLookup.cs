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
    FreshnessGate gate, ExactLoads loads, RevisionInstants instants, Func<Rulebook> rulebook, CachingMetrics metrics) : IPermitLookup
{
    /// <inheritdoc/>
    public ValueTask<PermitAnswer> FindAsync(PermitNumber number, FreshnessDemand demand, CancellationToken cancellationToken) =>
        // The position before anything else: what is looked up afterwards is then no older than it claims.
        gate.TryPass(demand) is { } position && Recall(position, number) is { } known
            ? new(Answer(position, known, LookupSource.Memory, position.AsOf))
            : FindBelowAsync(number, demand, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<PermitAnswer> FindKnownAtAsync(PermitNumber number, long revision, CancellationToken cancellationToken)
    {
        var batch = await FindManyKnownAtAsync([number], revision, cancellationToken);
        return batch.Answers[0] ?? throw batch.Failure!;
    }

    /// <inheritdoc/>
    public async Task<PermitBatch> FindManyAsync(
        IReadOnlyList<PermitNumber> numbers, FreshnessDemand demand, CancellationToken cancellationToken)
    {
        var position = await gate.PassAsync(demand, cancellationToken);
        return await FindManyAsync(position, numbers, position.Revision, position.AsOf, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<PermitBatch> FindManyKnownAtAsync(
        IReadOnlyList<PermitNumber> numbers, long revision, CancellationToken cancellationToken)
    {
        // What the registry held at a revision does not age; only whether it is still this registry must not be too long ago.
        var position = await gate.PassAsync(FreshnessDemand.AtLeastRevision(revision, TimeSpan.MaxValue), cancellationToken);
        var asOf = await instants.OfAsync(position, revision, cancellationToken);
        return await FindManyAsync(position, numbers, revision, asOf, cancellationToken);
    }

    private async ValueTask<PermitAnswer> FindBelowAsync(
        PermitNumber number, FreshnessDemand demand, CancellationToken cancellationToken)
    {
        var position = await gate.PassAsync(demand, cancellationToken);
        if (Recall(position, number) is { } known)
        {
            return Answer(position, known, LookupSource.Memory, position.AsOf);
        }

        var loaded = await loads.LoadAsync(position, number, cancellationToken);
        var asOf = loaded.AsOf > position.AsOf ? loaded.AsOf : position.AsOf;
        return Answer(position, loaded.Compiled, loaded.Source, asOf);
    }

    private CompiledPermit? Recall(FeedPosition position, PermitNumber number) => position.Epoch.Recall(number, rulebook());

    /// <summary>Many numbers as of a revision up to the position's: of each exactly the events up to that revision.</summary>
    private async Task<PermitBatch> FindManyAsync(
        FeedPosition position, IReadOnlyList<PermitNumber> numbers, long revision, DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        var answers = new PermitAnswer?[numbers.Count];
        for (var i = 0; i < answers.Length; i++)
        {
            if (Recall(position, numbers[i]) is { } known && known.LastRevision <= revision)
            {
                answers[i] = Told(known.Timeline, LookupSource.Memory);
            }
        }

        RegistryUnavailableException? failure = null;
        if (Enumerable.Range(0, answers.Length).Where(i => answers[i] is null).ToList() is { Count: > 0 } missing)
        {
            var loaded = await loads.LoadAsync(position, missing.Select(i => numbers[i]).ToHashSet(), revision, cancellationToken);
            failure = loaded.Failure;
            foreach (var i in missing)
            {
                if (loaded.Found.TryGetValue(numbers[i], out var permit))
                {
                    answers[i] = Told(TimelineAt(permit, revision), permit.Source);
                }
            }
        }

        return new PermitBatch(revision, asOf, ImmutableCollectionsMarshal.AsImmutableArray(answers), failure);

        PermitAnswer Told(PermitTimeline? timeline, LookupSource source)
        {
            metrics.Answered(source);
            return new PermitAnswer(timeline, revision, asOf, source);
        }
    }

    /// <summary>The claim: what <see cref="FeedPosition"/> proves, revision max(R, c).</summary>
    private PermitAnswer Answer(FeedPosition position, CompiledPermit known, LookupSource source, DateTimeOffset asOf)
    {
        metrics.Answered(source);
        return new PermitAnswer(known.Timeline, Math.Max(position.Revision, known.ReadAt), asOf, source);
    }

    /// <summary>Without an event after the revision it is the same there. With one, the facts are needed to leave it out.</summary>
    private static PermitTimeline? TimelineAt(LoadedPermit loaded, long revision) =>
        loaded.Compiled.LastRevision <= revision
            ? loaded.Compiled.Timeline
            : loaded.History!.AsKnownAt(revision) is { } history
                ? TimelineCompiler.Compile(history, loaded.Compiled.Rulebook)
                : null;
}
