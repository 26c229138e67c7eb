using System.Threading.RateLimiting;
using Verification.Caching.Coherence;

namespace Verification.Caching.Loading;

/// <summary>
/// Bounds what the registry has to do at the same time. Reads take their turns in the order in which they came; a read of many numbers
/// takes more of them.
/// </summary>
/// <remarks>
/// What is bounded is the reads themselves. One that waits for its turn leaves when nobody wants it any more. One that has begun goes
/// on, for those who come again, until its own deadline; and its turn ends with it, not with whoever waited for it.
/// </remarks>
internal sealed class LoadTurns(int turns, TimeSpan deadline, TimeProvider clock) : IDisposable
{
    /// <summary>How many numbers a turn is for. A number more in a statement costs a fraction of a statement.</summary>
    public const int NumbersInATurn = 10;

    private readonly ConcurrencyLimiter _turns = new(
        new ConcurrencyLimiterOptions
        {
            PermitLimit = turns,
            QueueLimit = int.MaxValue,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        });

    /// <summary>Reads when it is its turn.</summary>
    /// <param name="numbers">How many numbers are read.</param>
    /// <param name="read">The read.</param>
    /// <param name="wanted">Ends the wait for the turn, not the read.</param>
    public async Task<T> RunAsync<T>(int numbers, Func<CancellationToken, Task<T>> read, CancellationToken wanted)
    {
        var needed = Math.Min(turns, (numbers + NumbersInATurn - 1) / NumbersInATurn);
        var turn = await _turns.AcquireAsync(needed, wanted);
        return await RegistryDeadline.RunAsync(ReadAsync, deadline, clock, CancellationToken.None);

        async Task<T> ReadAsync(CancellationToken ended)
        {
            using (turn)
            {
                return await read(ended);
            }
        }
    }

    public void Dispose() => _turns.Dispose();
}
