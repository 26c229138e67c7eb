using Microsoft.Extensions.Logging;
using Verification.Caching.Coherence;
using Verification.Caching.Redis;
using Verification.Core.Lookup;
using Verification.Core.Permits;

namespace Verification.Caching.Tests.Model;

/// <summary>As if entries were not held against them.</summary>
internal sealed class DroppedStamps() : BucketStamps(0)
{
    public override void Raise(PermitNumber number, long revision)
    {
    }
}

internal sealed class LateStampsFeed(
    IPermitRegistry registry,
    Func<Guid, Guid, long, RegistryEpoch> newEpoch,
    FeedOptions options,
    TimeProvider clock,
    ILogger logger,
    Action inBetween) : ChangeFeed(registry, newEpoch, options, clock, logger)
{
    protected internal override void Apply(RegistryEpoch epoch, RegistryChanges changes, FeedPosition next)
    {
        Publish(next);
        inBetween();
        base.Apply(epoch, changes, next);
    }
}

/// <summary>Two statements in place of one snapshot: first the events, then the counter.</summary>
internal sealed class OverstatingRegistry(ModelRegistry model, Turns turns, Random chance) : SimRegistry(model, turns, chance)
{
    private readonly ModelRegistry _model = model;

    public override async Task<PermitLoad> LoadAsync(PermitNumber number, CancellationToken cancellationToken)
    {
        var history = await AnswerAsync(() => _model.HistoryOf(number));
        return new PermitLoad(history, await ReadHeadAsync(cancellationToken));
    }
}

/// <summary>Claims the position as it is after the entry was found.</summary>
internal sealed class LateWatermarkLookup(IPermitLookup lookup, ChangeFeed feed) : IPermitLookup
{
    public async ValueTask<PermitAnswer> FindAsync(PermitNumber number, FreshnessDemand demand, CancellationToken cancellationToken)
    {
        var answer = await lookup.FindAsync(number, demand, cancellationToken);
        await Task.Yield();
        return feed.Position is { } late && late.Revision > answer.Revision
            ? answer with { Revision = late.Revision, DataAsOf = late.AsOf }
            : answer;
    }

    public ValueTask<PermitAnswer> FindKnownAtAsync(PermitNumber number, long revision, CancellationToken cancellationToken) =>
        lookup.FindKnownAtAsync(number, revision, cancellationToken);

    public Task<PermitBatch> FindManyAsync(
        IReadOnlyList<PermitNumber> numbers, FreshnessDemand demand, CancellationToken cancellationToken) =>
        lookup.FindManyAsync(numbers, demand, cancellationToken);

    public Task<PermitBatch> FindManyKnownAtAsync(
        IReadOnlyList<PermitNumber> numbers, long revision, CancellationToken cancellationToken) =>
        lookup.FindManyKnownAtAsync(numbers, revision, cancellationToken);
}

/// <summary>Binds values to the number alone.</summary>
internal sealed class UnboundCodec(byte[] key) : FactsCodec(key)
{
    public override byte[] Seal(Guid cacheId, CachedFacts facts) => base.Seal(Guid.Empty, facts);

    public override string? TryOpen(Guid cacheId, PermitNumber number, byte[] value, out CachedFacts? facts) =>
        base.TryOpen(Guid.Empty, number, value, out facts);
}
