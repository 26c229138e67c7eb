using Verification.Server.Errors;

namespace Verification.Server.Auditing;

/// <summary>
/// How fast one consumer is refused for one reason: ten times a second it gets a record each, what comes faster is counted for one record
/// when the second is over. Safe for concurrent use.
/// </summary>
/// <param name="clock">The clock.</param>
internal sealed class RefusalPace(TimeProvider clock)
{
    private const int RecordsASecond = 10;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private long? _begun;
    private int _taken;
    private Refusal _last;
    private int _keptBack;

    /// <summary>Whether a refusal is to have a record of its own. Where not, it is counted.</summary>
    public bool TryTake(in Refusal refusal)
    {
        lock (_gate)
        {
            var now = clock.GetTimestamp();
            if (_begun is not { } begun || clock.GetElapsedTime(begun, now) >= Second)
            {
                (_begun, _taken) = (now, 0);
            }

            if (_taken < RecordsASecond)
            {
                _taken++;
                return true;
            }

            Count(refusal, 1);
            return false;
        }
    }

    /// <summary>Counts refusals that have no record yet.</summary>
    public void KeepBack(in Refusal refusal, int count)
    {
        lock (_gate)
        {
            Count(refusal, count);
        }
    }

    /// <summary>Hands over how many were counted.</summary>
    /// <param name="last">The last of them, for the record of all.</param>
    public int TakeKeptBack(out Refusal last)
    {
        lock (_gate)
        {
            last = _last;
            var count = _keptBack;
            _keptBack = 0;
            return count;
        }
    }

    private void Count(in Refusal refusal, int count)
    {
        _last = refusal;
        _keptBack = (int)Math.Min((long)_keptBack + count, int.MaxValue);
    }
}
