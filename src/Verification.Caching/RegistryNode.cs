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
    private readonly ILogger _logger;
    private readonly DamagedPermits _damaged;
    private readonly ChangeFeed _feed;
    private readonly LoadTurns _turns;
    private readonly IRedisTier? _redis;
    private readonly Preload? _preload;

    /// <summary>A node in front of a store. It answers once <see cref="RunAsync"/> has heard of the registry.</summary>
    /// <param name="reader">The system of record, as lookups ask it for permits.</param>
    /// <param name="changes">The same, as lookups ask it for a revision's instant.</param>
    /// <param name="options">Valid settings.</param>
    /// <param name="rulebooks">The rulebooks that lookups may name: what memory holds is compiled ahead under those that come into use.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="loggers">The log.</param>
    /// <param name="feed">
    /// The same as the feed asks it, where lookups could use up what it needs, like a pool of connections; otherwise as they ask it.
    /// </param>
    /// <param name="permitDigest">Names a permit in the log without giving its number away. By default its bucket.</param>
    /// <param name="scan">The same as memory is filled from it at the start; needed where the settings say so.</param>
    public RegistryNode(
        IPermitReader reader,
        IChangeLog changes,
        CachingOptions options,
        RulebookLibrary rulebooks,
        TimeProvider clock,
        ILoggerFactory loggers,
        IChangeLog? feed = null,
        Func<PermitNumber, string>? permitDigest = null,
        IPermitScan? scan = null)
        : this(reader, changes, options, rulebooks, clock, loggers, feed, redis: null, permitDigest, scan)
    {
    }

    /// <summary>A node on a given Redis; when it is null, on the one of the settings, or on none.</summary>
    internal RegistryNode(
        IPermitReader reader,
        IChangeLog changes,
        CachingOptions options,
        RulebookLibrary rulebooks,
        TimeProvider clock,
        ILoggerFactory loggers,
        IChangeLog? feed,
        IRedisTier? redis,
        Func<PermitNumber, string>? permitDigest = null,
        IPermitScan? scan = null)
    {
        _logger = loggers.CreateLogger<RegistryNode>();
        _redis = redis
            ?? (string.IsNullOrEmpty(options.Redis.ConnectionString) ? null : new RedisTier(options.Redis, _metrics, clock, _logger));
        var facts = _redis is null ? null : new FactsCache(_redis, new FactsCodec(Convert.FromBase64String(options.Redis.MacKey!)), _metrics);
        _feed = new ChangeFeed(feed ?? changes, NewEpoch, options.Feed, clock, _logger);
        _feed.Applied += _metrics.Applied;
        FeedGauges.AddTo(_metrics.Meter, _feed, clock);
        _feed.Following += registryId => _redis?.FollowAsync(registryId, _feed.Nudge, _stopped.Token);
        var deadline = options.Memory.LoadDeadline;
        _turns = new LoadTurns(options.Memory.MaxConcurrentLoads, deadline, clock);
        _damaged = new DamagedPermits(permitDigest ?? (number => number.Bucket.ToString("x4", CultureInfo.InvariantCulture)), _metrics, _logger);
        _feed.Following += _ => _damaged.Clear();
        var parts = new ReadableParts(new TurnTakingReader(reader, _turns), _damaged, deadline / 2, clock);
        Loads = new SharedLoads(new PermitLoader(parts, facts, rulebooks, _metrics, clock), deadline, clock);
        Lookup = new CachedLookup(
            new FreshnessGate(_feed, options.Feed, clock),
            new ExactLoads(Loads),
            new RevisionInstants(changes, _turns, deadline, clock),
            _metrics);
        _preload = options.Memory.Preload
            ? new Preload(scan ?? throw new ArgumentNullException(nameof(scan)), _feed, rulebooks, clock, _logger)
            : null;
        Readiness = new LookupReadiness(
            _feed, _damaged, options.Feed, clock, () => _preload is { IsUnderWay: true } preload ? preload.Permits : null);

        RegistryEpoch NewEpoch(Guid registryId, Guid cacheId, long startRevision) => new(
            registryId,
            cacheId,
            startRevision,
            new BucketStamps(startRevision),
            new MemoryTier(options.Memory));
    }

    /// <summary>What the service asks.</summary>
    public IPermitLookup Lookup { get; }

    /// <summary>Whether this node can answer.</summary>
    public LookupReadiness Readiness { get; }

    /// <summary>How its tiers and its feed are.</summary>
    public NodeState State => new(
        _feed.Position?.Epoch.Memory.PermitCount ?? 0,
        _feed.Position?.Epoch.Memory.AbsenceCount ?? 0,
        _redis is RedisTier redis ? new RedisState(redis.IsConnected, redis.IsLeftAlone) : null,
        _feed.Polls,
        _feed.PollsFailed,
        _feed.Failure?.Message);

    internal ChangeFeed Feed => _feed;

    internal SharedLoads Loads { get; }

    internal CachingMetrics Metrics => _metrics;

    /// <summary>The system of record with its commits announced: what writes on this node must go through it.</summary>
    public IPermitRegistry Announcing(IPermitRegistry store) => new AnnouncingRegistry(store, _damaged, Announce, _logger);

    /// <summary>Follows the registry until cancelled.</summary>
    public Task RunAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(
            _feed.RunAsync(cancellationToken),
            _redis?.RunAsync(cancellationToken) ?? Task.CompletedTask,
            _preload is null ? Task.CompletedTask : Task.Run(() => _preload.RunAsync(cancellationToken), cancellationToken));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stopped.CancelAsync();
        if (_redis is not null)
        {
            await _redis.DisposeAsync();
        }

        _turns.Dispose();
        _metrics.Dispose();
        _stopped.Dispose();
    }

    private void Announce()
    {
        _feed.Nudge();
        if (_feed.Position is { } position)
        {
            _redis?.Announce(position.Epoch.RegistryId);
        }
    }
}
