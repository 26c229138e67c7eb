using System.Threading.RateLimiting;
using Grpc.Core;
using Verification.Server.Access.Consumers;
using Verification.Server.Errors;
using RpcStatus = Google.Rpc.Status;

namespace Verification.Server.Limits;

/// <summary>Asks a consumer's budgets and says in the contract's words where one is used up.</summary>
internal static class Quotas
{
    // A stream ends when its caller ends it; this is a guess at when to look again.
    private static readonly TimeSpan StreamRetry = TimeSpan.FromSeconds(1);

    extension(Consumer consumer)
    {
        /// <summary>Takes the cost of a call that asks about no number, unknown ones or others.</summary>
        /// <returns>Why not; null when it was taken.</returns>
        public RpcStatus? TakeCost(int checks)
        {
            using var lease = consumer.Meter.Checks.AttemptAcquire(checks);
            return lease.IsAcquired
                ? null
                : RpcErrors.QuotaExceeded(
                    ErrorReasons.RateExceeded,
                    consumer.Name,
                    $"{consumer.Limits.ChecksPerSecond} checks a second, {consumer.Limits.CheckBurst} at once, on each node.",
                    RetryAfter(lease));
        }

        /// <summary>
        /// Takes the cost of a message, 0 to look whether there is anything left; then looks whether the budget of unknown numbers has.
        /// </summary>
        /// <remarks>
        /// Once that one is used up, nothing is answered. If known numbers were, the refusals alone would tell the unknown ones.
        /// </remarks>
        /// <returns>Why not; null when it was taken.</returns>
        public RpcStatus? TakeChecks(int checks) => consumer.TakeCost(checks) ?? consumer.TakeUnknown(0);

        /// <summary>Takes unknown numbers; 0 looks whether the budget has any left.</summary>
        /// <returns>Why not; null when they were taken.</returns>
        public RpcStatus? TakeUnknown(int numbers)
        {
            using var lease = consumer.Meter.Unknown.AttemptAcquire(numbers);
            return lease.IsAcquired
                ? null
                : RpcErrors.QuotaExceeded(
                    ErrorReasons.UnknownBudgetExhausted,
                    consumer.Name,
                    $"{consumer.Limits.UnknownPerMinute} unknown numbers a minute, {consumer.Limits.UnknownBurst} at once, on each node.",
                    RetryAfter(lease));
        }

        /// <summary>Opens a stream, which is open until the lease is disposed.</summary>
        /// <exception cref="RpcException">RESOURCE_EXHAUSTED.</exception>
        public RateLimitLease OpenStream()
        {
            var lease = consumer.Meter.Streams.AttemptAcquire();
            if (lease.IsAcquired)
            {
                return lease;
            }

            lease.Dispose();
            throw RpcErrors.QuotaExceeded(
                ErrorReasons.StreamsExhausted,
                consumer.Name,
                $"{consumer.Limits.ConcurrentStreams} streams at a time, on each node.",
                StreamRetry).ToRpcException();
        }

        /// <summary>What a caller is told whose wrong guesses at a permit are used up.</summary>
        public RpcStatus GuessesExhausted(TimeSpan retryAfter) => RpcErrors.QuotaExceeded(
            ErrorReasons.GuessBudgetExhausted,
            consumer.Name,
            $"{consumer.Limits.WrongGuessesPerDay} wrong identity numbers or card editions for one permit in 24 hours, on each node.",
            retryAfter);
    }

    private static TimeSpan RetryAfter(RateLimitLease lease) =>
        lease.TryGetMetadata(MetadataName.RetryAfter, out var retryAfter) ? retryAfter : StreamRetry;
}
