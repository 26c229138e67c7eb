using System.Threading.RateLimiting;
using Grpc.Core;
using Verification.Core.Permits;
using Verification.Core.Words;
using Verification.Server.Errors;
using RpcStatus = Google.Rpc.Status;

namespace Verification.Server.Limits;

/// <summary>
/// What one consumer may still do on this node: the one place that takes from it, and says in the contract's words where something is
/// used up. Outlives a change of the consumer's configuration.
/// </summary>
internal sealed class Budget
{
    // A stream ends when its caller ends it; this is a guess at when to look again.
    private static readonly TimeSpan StreamRetry = TimeSpan.FromSeconds(1);

    private readonly string _consumer;
    private ConsumerLimits _limits;

    /// <summary>Nothing used.</summary>
    /// <param name="consumer">The consumer's name.</param>
    /// <param name="limits">How much it may do.</param>
    /// <param name="timeProvider">The clock.</param>
    public Budget(string consumer, ConsumerLimits limits, TimeProvider timeProvider)
    {
        _consumer = consumer;
        _limits = limits;
        Checks = new TokenBucket(limits.CheckBurst, limits.ChecksPerSecond, timeProvider);
        Unknown = new UnknownBudget(consumer, limits.UnknownPerMinute, limits.UnknownBurst, timeProvider);
        UnknownOfBatches = new UnknownBudget(consumer, limits.UnknownPerMinuteOfBatches, limits.UnknownBurstOfBatches, timeProvider);
        Guesses = new GuessBudget(timeProvider);
        Streams = new StreamLimiter(limits.ConcurrentStreams);
    }

    /// <summary>Unknown numbers that batches and streams may still ask for.</summary>
    public int UnknownLeftForBatches => UnknownOfBatches.Left;

    /// <summary>What is left of all, and of how much.</summary>
    public BudgetLeft Left => new(
        Limits, (int)Checks.GetStatistics()!.CurrentAvailablePermits, Unknown.Left, UnknownOfBatches.Left, (int)Streams.GetStatistics()!.CurrentAvailablePermits);

    private ConsumerLimits Limits => Volatile.Read(ref _limits);

    private TokenBucket Checks { get; }

    private UnknownBudget Unknown { get; }

    private UnknownBudget UnknownOfBatches { get; }

    private GuessBudget Guesses { get; }

    private StreamLimiter Streams { get; }

    /// <summary>Takes over new limits; what was used stays used.</summary>
    public void Resize(ConsumerLimits limits)
    {
        Volatile.Write(ref _limits, limits);
        Checks.Resize(limits.CheckBurst, limits.ChecksPerSecond);
        Unknown.Resize(limits.UnknownPerMinute, limits.UnknownBurst);
        UnknownOfBatches.Resize(limits.UnknownPerMinuteOfBatches, limits.UnknownBurstOfBatches);
        Streams.Resize(limits.ConcurrentStreams);
    }

    /// <summary>Takes the cost of a call that asks about no number, unknown ones or others.</summary>
    /// <returns>Why not; null when it was taken.</returns>
    public RpcStatus? TakeCost(int checks)
    {
        using var lease = Checks.AttemptAcquire(checks);
        return lease.IsAcquired
            ? null
            : Exhausted(
                ErrorReasons.RateExceeded,
                new(
                    $"{Limits.ChecksPerSecond} checks a second, {Limits.CheckBurst} at once, on each node.",
                    $"每个节点上每秒 {Limits.ChecksPerSecond} 次查询，一次最多 {Limits.CheckBurst} 次。"),
                RetryAfter(lease));
    }

    /// <summary>Takes the cost of what was refused unread, or as much of it as is left.</summary>
    public void TakeUpTo(int checks) => Checks.TakeUpTo(checks);

    /// <summary>
    /// Takes the cost of a single check, 0 to look whether there is anything left; then looks whether the budget of unknown numbers has.
    /// </summary>
    /// <remarks>
    /// Once that one is used up, nothing is answered. If known numbers were, the refusals alone would tell the unknown ones.
    /// </remarks>
    /// <returns>Why not; null when it was taken.</returns>
    public RpcStatus? TakeChecks(int checks) => TakeCost(checks) ?? TakeUnknown(0);

    /// <summary>Takes the cost of a batch, if the consumer may send batches; then looks whether their budget of unknown numbers has any left.</summary>
    /// <returns>Why not; null when it was taken.</returns>
    public RpcStatus? TakeBatch(int checks) =>
        Limits.Batches ? TakeCost(checks) ?? TakeUnknownOfBatch(0) : RpcErrors.BatchesNotAllowed();

    /// <summary>Takes unknown numbers that were asked for one by one; 0 looks whether the budget has any left.</summary>
    /// <returns>Why not; null when they were taken.</returns>
    public RpcStatus? TakeUnknown(int numbers) => Unknown.Take(numbers);

    /// <summary>Takes unknown numbers that batches or streams asked for; 0 looks whether the budget has any left.</summary>
    /// <returns>Why not; null when they were taken.</returns>
    public RpcStatus? TakeUnknownOfBatch(int numbers) => UnknownOfBatches.Take(numbers);

    /// <summary>Decides a check that carries a guess at an identity number or a card's edition, and takes it where it is wrong.</summary>
    /// <param name="number">The permit.</param>
    /// <param name="decide">Decides; called under a lock, so it must be short and wait for nothing.</param>
    /// <param name="guess">What was decided.</param>
    /// <returns>Why not; null when it was decided.</returns>
    public RpcStatus? TryGuess(PermitNumber number, Func<Guess> decide, out Guess guess)
    {
        var limits = Limits;
        return Guesses.TryDecide(number, limits, decide, out guess) is { } retryAfter
            ? Exhausted(
                ErrorReasons.GuessBudgetExhausted,
                new(
                    $"{limits.WrongGuessesPerDay} wrong identity numbers or card editions for one permit in 24 hours, on each node.",
                    $"每个节点上，对同一证件 24 小时内最多 {limits.WrongGuessesPerDay} 次身份证件号码或版次核对错误。"),
                retryAfter)
            : null;
    }

    /// <summary>Opens a stream, which is open until the lease is disposed.</summary>
    /// <exception cref="RpcException">RESOURCE_EXHAUSTED.</exception>
    public RateLimitLease OpenStream()
    {
        var lease = Streams.AttemptAcquire();
        if (lease.IsAcquired)
        {
            return lease;
        }

        lease.Dispose();
        throw Exhausted(
            ErrorReasons.StreamsExhausted, new(
                $"{Limits.ConcurrentStreams} streams at a time, on each node.", $"每个节点上同时最多 {Limits.ConcurrentStreams} 个流。"), StreamRetry).ToRpcException();
    }

    private static TimeSpan RetryAfter(RateLimitLease lease) =>
        lease.TryGetMetadata(MetadataName.RetryAfter, out var retryAfter) ? retryAfter : StreamRetry;

    private RpcStatus Exhausted(string reason, Wording description, TimeSpan retryAfter) =>
        RpcErrors.QuotaExceeded(reason, _consumer, description, retryAfter);
}
