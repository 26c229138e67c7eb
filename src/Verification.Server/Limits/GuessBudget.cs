using System.Runtime.InteropServices;
using Verification.Core.Permits;

namespace Verification.Server.Limits;

/// <summary>
/// How often one consumer was wrong about each permit: about an identity number or the edition of the card. After so many wrong
/// guesses, no more are compared for that permit until 24 hours after the first. Guesses at one permit are compared one after the
/// other, so that those sent at the same time count too. When no more permits can be kept in mind, guesses are refused: what is
/// forgotten would be a new chance.
/// </summary>
/// <param name="timeProvider">The clock.</param>
internal sealed class GuessBudget(TimeProvider timeProvider)
{
    private const int ShardCount = 16;

    private static readonly TimeSpan Window = TimeSpan.FromDays(1);

    private readonly Shard[] _shards = [.. Enumerable.Range(0, ShardCount).Select(_ => new Shard())];

    /// <summary>Permits with wrong guesses that are kept in mind.</summary>
    public int TrackedPermits
    {
        get
        {
            var sum = 0;
            foreach (var shard in _shards)
            {
                lock (shard.Lock)
                {
                    sum += shard.Wrong.Count;
                }
            }

            return sum;
        }
    }

    /// <summary>Decides a check that carries a guess, if the budget allows it.</summary>
    /// <param name="number">The permit.</param>
    /// <param name="limits">The budget.</param>
    /// <param name="decide">Decides; called under a lock, so it must be short and wait for nothing.</param>
    /// <param name="guess">What was decided.</param>
    /// <returns>Null when it was decided; otherwise the time until a guess is possible again.</returns>
    public TimeSpan? TryDecide(PermitNumber number, ConsumerLimits limits, Func<Guess> decide, out Guess guess)
    {
        var now = timeProvider.GetUtcNow();
        var shard = _shards[(uint)number.GetHashCode() % ShardCount];
        lock (shard.Lock)
        {
            if (shard.Wrong.TryGetValue(number, out var wrong) && now - wrong.FirstAt >= Window)
            {
                shard.Wrong.Remove(number);
                wrong = default;
            }

            var refusal = wrong.Count >= limits.WrongGuessesPerDay ? wrong.FirstAt + Window - now
                : wrong.Count == 0 ? TimeUntilRoom(shard, limits, now)
                : null;
            if (refusal is not null)
            {
                guess = default;
                return refusal;
            }

            guess = decide();
            if (guess.IsWrong)
            {
                ref var entry = ref CollectionsMarshal.GetValueRefOrAddDefault(shard.Wrong, number, out var exists);
                entry = exists ? entry with { Count = entry.Count + 1 } : new WrongGuesses(now, 1);
            }

            return null;
        }
    }

    /// <summary>A shard holds its part of the permits; those whose day is over make room.</summary>
    private static TimeSpan? TimeUntilRoom(Shard shard, ConsumerLimits limits, DateTimeOffset now)
    {
        var room = Math.Max(1, limits.TrackedPermits / ShardCount);
        if (shard.Wrong.Count < room)
        {
            return null;
        }

        // Looked through only when something can be gone: a flood of guesses must not pay for it each time.
        if (now >= shard.NextSweep)
        {
            foreach (var (number, wrong) in shard.Wrong)
            {
                if (now - wrong.FirstAt >= Window)
                {
                    shard.Wrong.Remove(number);
                }
            }

            shard.NextSweep = shard.Wrong.Count == 0 ? now : shard.Wrong.Values.Min(wrong => wrong.FirstAt) + Window;
        }

        return shard.Wrong.Count < room ? null : shard.NextSweep - now;
    }

    private readonly record struct WrongGuesses(DateTimeOffset FirstAt, int Count);

    private sealed class Shard
    {
        public Lock Lock { get; } = new();

        public Dictionary<PermitNumber, WrongGuesses> Wrong { get; } = [];

        public DateTimeOffset NextSweep { get; set; }
    }
}
