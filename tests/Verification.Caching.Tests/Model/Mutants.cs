using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Verification.Caching.Coherence;
using Verification.Caching.Redis;
using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Core.Registry;

namespace Verification.Caching.Tests.Model;

/// <summary>As if entries were not held against them.</summary>
internal sealed class DroppedStamps() : BucketStamps(0)
{
    public override void Raise(PermitNumber number, long revision)
    {
    }
}

/// <summary>Publishes first, and raises the stamps when others have looked.</summary>
internal sealed class LateStampsFeed(
    IChangeLog registry,
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

/// <summary>
/// Writes into the positions that it gave out. So the product's own lookup, which reads the position first and its revision last,
/// reads a watermark that is later than the entry.
/// </summary>
internal sealed class LateWatermarkFeed(
    IChangeLog registry, Func<Guid, Guid, long, RegistryEpoch> newEpoch, FeedOptions options, TimeProvider clock, ILogger logger)
    : ChangeFeed(registry, newEpoch, options, clock, logger)
{
    private readonly List<FeedPosition> _givenOut = [];

    protected internal override void Apply(RegistryEpoch epoch, RegistryChanges changes, FeedPosition next)
    {
        base.Apply(epoch, changes, next);
        _givenOut.Add(next);
        foreach (var position in _givenOut.Where(position => position.Epoch == epoch))
        {
            SetRevision(position, next.Revision);
        }
    }

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "set_Revision")]
    private static extern void SetRevision(FeedPosition position, long revision);
}

/// <summary>
/// Two statements in place of one snapshot: first the events, then the counter. <c>read_at</c> is made by the store, and the caches
/// take it as it is; so it is a store that is broken here, the model's. That the real stores read one snapshot, the conformance suite
/// shows.
/// </summary>
internal sealed class OverstatingRegistry(SimWorld world) : SimRegistry(world)
{
    private readonly ModelRegistry _model = world.Model;

    public override async Task<PermitLoad> LoadAsync(PermitNumber number, CancellationToken cancellationToken)
    {
        var history = await AnswerAsync(() => _model.HistoryOf(number), Disturbance.LoadDelayed);
        return new PermitLoad(history, await ReadHeadAsync(cancellationToken));
    }
}

/// <summary>The same where memory is filled: the counter of a page is read after its events.</summary>
internal sealed class OverstatingPages(SimWorld world) : SimRegistry(world)
{
    public override async Task<PermitPage> ReadPageAsync(PermitNumber after, int limit, CancellationToken cancellationToken)
    {
        var page = await base.ReadPageAsync(after, limit, cancellationToken);
        return page with { Head = await ReadHeadAsync(cancellationToken) };
    }
}

/// <summary>A store whose reads of one permit leave annulments out, so that what was annulled still counts.</summary>
internal sealed class ForgivingRegistry(SimWorld world) : SimRegistry(world)
{
    public override async Task<PermitLoad> LoadAsync(PermitNumber number, CancellationToken cancellationToken)
    {
        var load = await base.LoadAsync(number, cancellationToken);
        return load with { History = load.History is { } history ? Forgiving(history) : null };
    }

    public static PermitHistory Forgiving(PermitHistory history) =>
        new(history.Number, [.. history.Events.Where(recorded => recorded.Event is not Annulled)]);
}

/// <summary>A store whose feed does not tell of annulments.</summary>
internal sealed class SilentRegistry(SimWorld world) : SimRegistry(world)
{
    private readonly ModelRegistry _model = world.Model;

    public override async Task<RegistryChanges> ReadChangesAsync(long sinceRevision, int limit, CancellationToken cancellationToken)
    {
        var changes = await base.ReadChangesAsync(sinceRevision, limit, cancellationToken);
        return changes with { Changes = [.. changes.Changes.Where(change => !_model.IsAnnulment(change))] };
    }
}

/// <summary>Leaves annulments out of what it seals.</summary>
internal sealed class ForgivingCodec(byte[] key) : FactsCodec(key)
{
    public override byte[] Seal(Guid cacheId, CachedFacts facts) =>
        base.Seal(cacheId, facts with { History = ForgivingRegistry.Forgiving(facts.History) });
}

/// <summary>Binds values to the number alone.</summary>
internal sealed class UnboundCodec(byte[] key) : FactsCodec(key)
{
    public override byte[] Seal(Guid cacheId, CachedFacts facts) => base.Seal(Guid.Empty, facts);

    public override string? TryOpen(Guid cacheId, PermitNumber number, byte[] value, out CachedFacts? facts) =>
        base.TryOpen(Guid.Empty, number, value, out facts);
}
