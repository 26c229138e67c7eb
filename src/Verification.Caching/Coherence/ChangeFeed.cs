using Microsoft.Extensions.Logging;
using Verification.Caching.Telemetry;
using Verification.Core.Registry;

namespace Verification.Caching.Coherence;

/// <summary>
/// Follows the registry's changes: polls it at least once an interval and at once when nudged, raises the stamps, then publishes how
/// far it has come.
/// </summary>
internal class ChangeFeed(
    IChangeLog registry,
    Func<Guid, Guid, long, RegistryEpoch> newEpoch,
    FeedOptions options,
    TimeProvider clock,
    ILogger logger,
    Func<double>? chance = null)
{
    private static readonly TimeSpan SettleAgainAfter = TimeSpan.FromSeconds(30);

    private readonly PollSignal _signal = new(clock);
    private readonly PollTrouble _trouble = new(options.PollInterval, clock, chance ?? Random.Shared.NextDouble, logger);
    private readonly HashSet<Guid> _followed = [];
    private FeedPosition? _position;
    private FeedPosition? _begun;
    private long _polls;
    private long _pollsFailed;

    /// <summary>Raised on the polling thread when the node first follows a registry: once for each.</summary>
    public event Action<Guid>? Following;

    /// <summary>Raised on the polling thread when changes were applied: how long ago, by the registry's clock, the newest was committed.</summary>
    public event Action<TimeSpan>? Applied;

    /// <summary>How far this node has come; null before the first poll, and while the registry has gone back.</summary>
    public FeedPosition? Position => Volatile.Read(ref _position);

    /// <summary>Whether the registry has gone back and is not reloaded yet.</summary>
    public bool WentBack { get; private set; }

    /// <summary>Whether the last poll found that what the registry lies in was deleted or replaced.</summary>
    public bool Replaced { get; private set; }

    /// <summary>How far this node's wall clock is off the registry's, as the last poll could tell.</summary>
    public TimeSpan ClockSkew { get; private set; }

    /// <summary>Why the last poll failed; null when it did not.</summary>
    public Exception? Failure => _trouble.Failure;

    /// <summary>How many polls the registry answered.</summary>
    public long Polls => Volatile.Read(ref _polls);

    /// <summary>How many polls failed.</summary>
    public long PollsFailed => Volatile.Read(ref _pollsFailed);

    /// <summary>Asks for a poll at once; after one that failed, in a while.</summary>
    public void Nudge() => _signal.Nudge();

    /// <summary>Ends with the end of a poll that begins after this call; fails when that poll does.</summary>
    /// <param name="insist">Whether to wait for it even when the poll under way fails.</param>
    public Task NextPollAsync(bool insist) => _signal.NextPollAsync(insist);

    /// <summary>Polls until cancelled. A poll that fails is tried again after a pause, which grows up to the interval.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var settling = Task.FromResult<RegistryEpoch?>(null);
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await PollAsync(cancellationToken);
                if (settling.IsCompleted && Position is { } position && await settling != position.Epoch)
                {
                    settling = Task.Run(() => TrySettleAsync(position.Epoch, cancellationToken), cancellationToken);
                }
            }
            catch (Exception) when (!cancellationToken.IsCancellationRequested)
            {
                // Whatever it was: a feed that ended would make the node stale for good. It is noted.
            }

            if (_trouble.Failure is not null)
            {
                await PauseAsync(cancellationToken);
                continue;
            }

            // A burst of commits nudges without end; a pause of a few milliseconds makes one poll of many nudges.
            await Task.Delay(options.MinPollSpacing, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            await _signal.WaitAsync(options.PollInterval, cancellationToken);
        }
    }

    /// <summary>Polls once: applies every change that the registry holds. Not to be called twice at the same time.</summary>
    /// <exception cref="RegistryUnavailableException">The registry did not answer; what is known stays.</exception>
    public async Task PollAsync(CancellationToken cancellationToken)
    {
        var waiting = _signal.Begin();
        try
        {
            await PollPagesAsync(cancellationToken);
            Interlocked.Increment(ref _polls);
            Replaced = false;
            _trouble.End();
            foreach (var one in waiting)
            {
                one.TrySetResult();
            }
        }
        catch (Exception exception)
        {
            Replaced = exception is RegistryReplacedException;
            if (!cancellationToken.IsCancellationRequested)
            {
                Interlocked.Increment(ref _pollsFailed);
                _trouble.Note(exception);
            }

            foreach (var one in waiting)
            {
                one.TrySetException(exception);
            }

            _signal.Fail(exception);
            throw;
        }
    }

    /// <summary>
    /// Replaces the start revision in the stamps by what the registry holds. Until then nothing wrong is answered; Redis only answers
    /// what was read since the start.
    /// </summary>
    public async Task SettleStampsAsync(RegistryEpoch epoch, CancellationToken cancellationToken)
    {
        var loaded = await registry.ReadBucketStampsAsync(cancellationToken);
        if (loaded.Head.RegistryId == epoch.RegistryId && loaded.Head.Revision >= epoch.StartRevision)
        {
            epoch.Stamps.Settle(loaded.Stamps);
        }
    }

    /// <summary>Raises the stamps, then publishes: the order that <see cref="FeedPosition"/> rests on.</summary>
    protected internal virtual void Apply(RegistryEpoch epoch, RegistryChanges changes, FeedPosition next)
    {
        foreach (var change in changes.Changes)
        {
            epoch.Stamps.Raise(change.Permit, change.Revision);
        }

        Publish(next);
    }

    /// <summary>Makes a position the one that checks read.</summary>
    protected internal void Publish(FeedPosition? next) => Volatile.Write(ref _position, next);

    /// <summary>Settles the stamps of an epoch.</summary>
    /// <returns>The epoch; null when it is to be tried again.</returns>
    private async Task<RegistryEpoch?> TrySettleAsync(RegistryEpoch epoch, CancellationToken cancellationToken)
    {
        try
        {
            await SettleStampsAsync(epoch, cancellationToken);
            return epoch;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever it was: Redis would be of no use for good. The scan may be what is too much for the registry now: not with every poll.
            Log.StampsNotLoaded(logger, exception);
            await Task.Delay(SettleAgainAfter, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            return null;
        }
    }

    /// <summary>After a poll that failed. Who insists on a poll has it begin sooner, and shares it with all who do.</summary>
    private async Task PauseAsync(CancellationToken cancellationToken)
    {
        var pause = _trouble.NextPause();
        await Task.Delay(PollTrouble.ShortestPause, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        await _signal.WaitForInsistenceAsync(pause - PollTrouble.ShortestPause, cancellationToken);
    }

    private async Task PollPagesAsync(CancellationToken cancellationToken)
    {
        var position = Position ?? (_begun ??= await BeginAsync(cancellationToken));
        for (var complete = false; !complete;)
        {
            var sent = PollInstant.Now(clock);
            var changes = await BoundedAsync(
                token => registry.ReadChangesAsync(position.Revision, options.PageSize, token), cancellationToken);
            if (!position.IsFollowedBy(changes))
            {
                Log.WentBack(logger, position.Epoch.RegistryId, position.Revision, changes.Head.RegistryId, changes.Head.Revision);
                WentBack = true;
                Publish(null);
                _begun = null;
                position = _begun = await BeginAsync(cancellationToken);
                continue;
            }

            complete = changes.Changes.Length < options.PageSize;
            var next = Advance(position, changes, complete, sent);
            Apply(position.Epoch, changes, next);
            if (complete && !changes.Changes.IsEmpty && changes.Last is { At: var committed })
            {
                Applied?.Invoke(changes.Head.AsOf - committed);
            }

            position = next;
            Follow(position.Epoch.RegistryId);
        }

        WentBack = false;
    }

    /// <summary>Once something is published: until then nothing is in Redis, and the next poll begins where this one did.</summary>
    private void Follow(Guid registryId)
    {
        _begun = null;
        if (_followed.Add(registryId))
        {
            Following?.Invoke(registryId);
        }
    }

    /// <summary>The position from which a node follows the registry anew. Not published: the first page of changes does that.</summary>
    private async Task<FeedPosition> BeginAsync(CancellationToken cancellationToken)
    {
        var sent = PollInstant.Now(clock);
        var head = await BoundedAsync(registry.ReadHeadAsync, cancellationToken);
        var cacheId = _followed.Contains(head.RegistryId) ? Guid.NewGuid() : head.RegistryId;
        return new FeedPosition
        {
            Epoch = newEpoch(head.RegistryId, cacheId, head.Revision),
            Revision = head.Revision,
            AsOf = head.AsOf,
            Sent = sent,
        };
    }

    /// <summary>
    /// The position after a page of changes. Only the last page makes the node know the registry as of a new instant: before it, there
    /// are commits before that instant which are not applied.
    /// </summary>
    private FeedPosition Advance(FeedPosition position, RegistryChanges changes, bool complete, PollInstant sent)
    {
        if (complete)
        {
            ClockSkew = SkewOf(changes.Head.AsOf, sent.Wall, clock.GetUtcNow());
        }

        var changed = !changes.Changes.IsEmpty;
        return new FeedPosition
        {
            Epoch = position.Epoch,
            Revision = complete ? changes.Head.Revision : changes.Changes[^1].Revision,
            AsOf = complete ? changes.Head.AsOf : position.AsOf,
            Sent = complete ? sent : position.Sent,
            LastPermit = changed ? changes.Changes[^1].Permit : position.LastPermit,
            Mark = changed ? null : changes.MarkAtSince,
            Last = changes.Last,
        };
    }

    /// <summary>How far outside the time between sending and answer the registry's clock lies.</summary>
    private static TimeSpan SkewOf(DateTimeOffset registry, DateTimeOffset sent, DateTimeOffset answered) =>
        registry < sent ? sent - registry : registry > answered ? registry - answered : TimeSpan.Zero;

    private Task<T> BoundedAsync<T>(Func<CancellationToken, Task<T>> read, CancellationToken cancellationToken) =>
        RegistryDeadline.RunAsync(read, options.PollTimeout, clock, cancellationToken);
}
