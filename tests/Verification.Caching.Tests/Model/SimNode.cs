using Microsoft.Extensions.Logging.Abstractions;
using Verification.Caching.Coherence;
using Verification.Caching.Loading;
using Verification.Caching.Lookup;
using Verification.Caching.Memory;
using Verification.Caching.Redis;
using Verification.Caching.Telemetry;
using Verification.Core.Lookup;
using Verification.Core.Permits;
using Verification.Core.Registry;

namespace Verification.Caching.Tests.Model;

/// <summary>One node of the simulation, put together as <see cref="RegistryNode"/> does, on the simulation's doubles.</summary>
internal sealed class SimNode
{
    private static readonly byte[] MacKey = [.. Enumerable.Range(0, FactsCodec.MinKeySize).Select(i => (byte)i)];

    private readonly ChangeFeed _feed;
    private readonly Preload _preload;
    private bool _polling;
    private bool _nudged;
    private bool _isPreloading;

    /// <summary>A node.</summary>
    /// <param name="registry">Its way to the registry.</param>
    /// <param name="redis">Its Redis.</param>
    /// <param name="clock">Its clock.</param>
    /// <param name="metrics">Its metrics.</param>
    /// <param name="mutation">What is broken in it.</param>
    /// <param name="checkAtOnce">Begins checks at this node.</param>
    public SimNode(
        SimRegistry registry,
        IByteCache redis,
        SimClock clock,
        CachingMetrics metrics,
        Mutation mutation,
        Action checkAtOnce)
    {
        Clock = clock;
        _feed = mutation switch
        {
            Mutation.StampsRaisedAfterPublishing =>
                new LateStampsFeed(registry, NewEpoch, Feed, clock, NullLogger.Instance, checkAtOnce),
            Mutation.WatermarkReadAfterTheEntry => new LateWatermarkFeed(registry, NewEpoch, Feed, clock, NullLogger.Instance),
            _ => new ChangeFeed(registry, NewEpoch, Feed, clock, NullLogger.Instance),
        };
        var codec = mutation switch
        {
            Mutation.RegistryIdLeftOutOfTheMac => new UnboundCodec(MacKey),
            Mutation.AnnulmentsLeftOutOfRedis => new ForgivingCodec(MacKey),
            _ => new FactsCodec(MacKey),
        };
        var turns = new LoadTurns(Memory.MaxConcurrentLoads, Memory.LoadDeadline, clock);
        var facts = new FactsCache(redis, codec, metrics);
        var damaged = new DamagedPermits(number => number.ToString(), metrics, NullLogger.Instance);
        var parts = new ReadableParts(new TurnTakingReader(registry, turns), damaged, Memory.LoadDeadline, clock);
        var loader = new PermitLoader(parts, facts, RandomCheck.Rulebooks, metrics, clock);
        var loads = new SharedLoads(loader, Memory.LoadDeadline, clock);
        var instants = new RevisionInstants(registry, turns, Memory.LoadDeadline, clock);
        _preload = new Preload(registry, _feed, RandomCheck.Rulebooks, clock, NullLogger.Instance, pageSize: 3);
        Lookup = new CachedLookup(new FreshnessGate(_feed, Feed, clock), new ExactLoads(loads), instants, metrics);

        RegistryEpoch NewEpoch(Guid registryId, Guid cacheId, long startRevision) => new(
            registryId,
            cacheId,
            startRevision,
            mutation == Mutation.StampCheckDropped ? new DroppedStamps() : new BucketStamps(startRevision),
            new MemoryTier(Memory));
    }

    /// <summary>Small pages, so that a poll often takes several.</summary>
    public static FeedOptions Feed { get; } = new() { PageSize = 3 };

    public SimClock Clock { get; }

    public IPermitLookup Lookup { get; }

    public int ChecksUnderWay { get; set; }

    private static MemoryOptions Memory { get; } = new() { Limit = 4 << 10, HistoryCapacity = 4 };

    /// <summary>Polls, one at a time: a poll that is asked for while one is under way follows it.</summary>
    public async Task PollAsync()
    {
        _nudged = true;
        while (_nudged && !_polling)
        {
            _nudged = false;
            _polling = true;
            try
            {
                await _feed.PollAsync(CancellationToken.None);
            }
            catch (RegistryUnavailableException)
            {
                // The next poll tries again; what this one leaves must do no harm.
            }
            finally
            {
                _polling = false;
            }
        }
    }

    public async Task SettleAsync()
    {
        if (_feed.Position is { } position)
        {
            try
            {
                await _feed.SettleStampsAsync(position.Epoch, CancellationToken.None);
            }
            catch (RegistryUnavailableException)
            {
                // Stamps that were not loaded stay high: nothing wrong is answered.
            }
        }
    }

    /// <summary>Fills memory with all there is.</summary>
    /// <returns>How many permits were read.</returns>
    public async Task<long> PreloadAsync()
    {
        if (_feed.Position is { } position && !_isPreloading)
        {
            _isPreloading = true;
            await _preload.FillAsync(position.Epoch, CancellationToken.None);
            _isPreloading = false;
            return _preload.Permits;
        }

        return 0;
    }

    public void Forget(PermitNumber number) => _feed.Position?.Epoch.Memory.Forget(number);
}
