using System.Threading.RateLimiting;
using Verification.Core.Words;
using Verification.Server.Errors;
using RpcStatus = Google.Rpc.Status;

namespace Verification.Server.Limits;

/// <summary>How many unknown numbers one consumer may still ask for on this node.</summary>
/// <param name="consumer">The consumer's name.</param>
/// <param name="perMinute">Those that are added each minute.</param>
/// <param name="burst">The most that it holds.</param>
/// <param name="timeProvider">The clock.</param>
internal sealed class UnknownBudget(string consumer, int perMinute, int burst, TimeProvider timeProvider)
{
    private const double SecondsPerMinute = 60;

    private Size _size = new(perMinute, burst);

    /// <summary>Numbers left, in whole.</summary>
    public int Left => (int)Bucket.GetStatistics()!.CurrentAvailablePermits;

    private TokenBucket Bucket { get; } = new(burst, perMinute / SecondsPerMinute, timeProvider);

    /// <summary>Changes its size; what was used stays used.</summary>
    public void Resize(int newPerMinute, int newBurst)
    {
        Volatile.Write(ref _size, new Size(newPerMinute, newBurst));
        Bucket.Resize(newBurst, newPerMinute / SecondsPerMinute);
    }

    /// <summary>Takes numbers; 0 looks whether any are left.</summary>
    /// <returns>Why not, and when there will be; null when they were taken.</returns>
    public RpcStatus? Take(int numbers)
    {
        if (numbers == 0 && Bucket.HasOne)
        {
            return null;
        }

        using var lease = Bucket.AttemptAcquire(numbers);
        return lease.IsAcquired ? null
            : lease.TryGetMetadata(MetadataName.RetryAfter, out var retryAfter)
                ? RpcErrors.QuotaExceeded(ErrorReasons.UnknownBudgetExhausted, consumer, Volatile.Read(ref _size).Description, retryAfter)
            : throw new InvalidOperationException("A bucket that is empty says when it is not.");
    }

    private sealed record Size(int PerMinute, int Burst)
    {
        public Wording Description => new(
            $"{PerMinute} unknown numbers a minute, {Burst} at once, on each node.", $"每个节点上每分钟 {PerMinute} 个未知号码，一次最多 {Burst} 个。");
    }
}
