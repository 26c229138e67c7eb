using System.Globalization;
using Microsoft.Extensions.Logging;
using Verification.Caching.Coherence;
using Verification.Caching.Loading;
using Verification.Caching.Lookup;
using Verification.Caching.Memory;
using Verification.Caching.Redis;
using Verification.Caching.Telemetry;
using Verification.Core.Lookup;
using Verification.Core.Permits;
using Verification.Core.Registry;
using Verification.Core.Rules.Rulebooks;

namespace Verification.Caching;

/// <summary>One node's view of a registry: its tiers, its feed and what ties them together.</summary>
public sealed class RegistryNode : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopped = new();
    private readonly CachingMetrics _metrics = new();
    private readonly ChangeFeed _feed;
    private readonly LoadTurns _turns;
    private readonly IRedisTier _redis;

    /// <summary>A node in front of a store. It answers once <see cref="RunAsync"/> has heard of the registry.</summary>
    /// <param name="store">The system of record.</param>
    /// <param name="options">Valid settings.</param>
    /// <param name="rulebooks">The rulebooks that lookups may name: what memory holds is compiled ahead under those that come into use.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="loggers">The log.</param>
    /// <param name="feed">
    /// The store as the feed asks it, where lookups could use up what it needs, like a pool of connections; otherwise the store itself.
    /// </param>
    /// <param name="permitDigest">Names a permit in the log without giving its number away. By default its bucket.</param>
    public RegistryNode(
        IPermitRegistry store,
        CachingOptions options,
        RulebookLibrary rulebooks,
        TimeProvider clock,
        ILoggerFactory loggers,
        IChangeLog? feed = null,
        Func<PermitNumber, string>? permitDigest = null)
        : this(store, options, rulebooks, clock, loggers, feed, redis: null, permitDigest)
    {
    }

    /// <summary>A node on a given Redis; by the settings when it is null.</summary>
    internal RegistryNode(
        IPermitRegistry store,
        CachingOptions options,
        RulebookLibrary rulebooks,
        TimeProvider clock,
        ILoggerFactory loggers,
        IChangeLog? feed,
        IRedisTier? redis,
        Func<PermitNumber, string>? permitDigest = null)
    {
        var logger = loggers.CreateLogger<RegistryNode>();
        _redis = redis
            ?? (string.IsNullOrEmpty(options.Redis.ConnectionString)
                ? new NoRedis()
                : new RedisTier(options.Redis, _metrics, clock, logger));
        _feed = new ChangeFeed(feed ?? store, NewEpoch, options.Feed, clock, logger);
        _feed.Following += registryId => _ = _redis.FollowAsync(registryId, _feed.Nudge, _stopped.Token);
        var deadline = options.Memory.LoadDeadline;
        _turns = new LoadTurns(options.Memory.MaxConcurrentLoads, deadline, clock);
        var damaged = new DamagedPermits(permitDigest ?? (number => number.Bucket.ToString("x4", CultureInfo.InvariantCulture)), _metrics, logger);
        _feed.Following += _ => damaged.Clear();
        var parts = new ReadableParts(new TurnTakingReader(store, _turns), damaged, deadline / 2, clock);
        Loads = new SharedLoads(new PermitLoader(parts, _redis.Facts, rulebooks, clock), deadline, clock);
        Lookup = new CachedLookup(
            new FreshnessGate(_feed, options.Feed, clock),
            new ExactLoads(Loads),
            new RevisionInstants(store, _turns, deadline, clock),
            _metrics);
        Registry = new AnnouncingRegistry(store, damaged, Announce, logger);
        Readiness = new LookupReadiness(_feed, damaged, options.Feed, clock);

        RegistryEpoch NewEpoch(Guid registryId, Guid cacheId, long startRevision) => new(
            registryId,
            cacheId,
            startRevision,
            new BucketStamps(startRevision),
            new MemoryTier(options.Memory));
    }

    /// <summary>What the service asks.</summary>
    public IPermitLookup Lookup { get; }

    /// <summary>The store, with its commits announced: what writes on this node must go through it.</summary>
    public IPermitRegistry Registry { get; }

    /// <summary>Whether this node can answer.</summary>
    public LookupReadiness Readiness { get; }

    internal ChangeFeed Feed => _feed;

    internal SharedLoads Loads { get; }

    internal CachingMetrics Metrics => _metrics;

    /// <summary>Follows the registry until cancelled.</summary>
    public Task RunAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(_feed.RunAsync(cancellationToken), _redis.RunAsync(cancellationToken));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stopped.CancelAsync();
        await _redis.DisposeAsync();
        _turns.Dispose();
        _metrics.Dispose();
        _stopped.Dispose();
    }

    private void Announce()
    {
        _feed.Nudge();
        if (_feed.Position is { } position)
        {
            _redis.Announce(position.Epoch.RegistryId);
        }
    }
}
