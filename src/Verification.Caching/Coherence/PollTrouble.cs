using Microsoft.Extensions.Logging;
using Verification.Caching.Telemetry;

namespace Verification.Caching.Coherence;

/// <summary>
/// What follows from polls that fail: a pause before the next one, which grows from failure to failure, and a line in the log when it
/// begins, when it ends, and once a minute in between.
/// </summary>
/// <param name="longest">The longest pause.</param>
/// <param name="clock">The clock.</param>
/// <param name="chance">A number from 0 to below 1, by which nodes that lost the registry together do not come back together.</param>
/// <param name="logger">The log.</param>
internal sealed class PollTrouble(TimeSpan longest, TimeProvider clock, Func<double> chance, ILogger logger)
{
    /// <summary>The pause that comes between two polls of which the first failed, whoever insists on the second.</summary>
    public static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan LoggedEvery = TimeSpan.FromMinutes(1);

    private Exception? _failure;
    private int _failures;
    private long _since;
    private long _logged;

    /// <summary>Why the last poll failed; null when it did not.</summary>
    public Exception? Failure => Volatile.Read(ref _failure);

    /// <summary>Notes a poll that failed.</summary>
    public void Note(Exception failure)
    {
        var now = clock.GetTimestamp();
        var begins = _failures++ == 0;
        if (begins)
        {
            _since = now;
        }

        if (begins || clock.GetElapsedTime(_logged, now) >= LoggedEvery)
        {
            _logged = now;
            var cause = failure.GetBaseException();
            Log.PollFailed(logger, _failures, cause == failure ? failure.Message : $"{failure.Message} <- {cause.Message}");
        }

        Volatile.Write(ref _failure, failure);
    }

    /// <summary>Notes a poll that did not fail.</summary>
    public void End()
    {
        if (_failures > 0)
        {
            Log.PollsAgain(logger, _failures, clock.GetElapsedTime(_since));
            _failures = 0;
            Volatile.Write(ref _failure, null);
        }
    }

    /// <summary>The pause after the last failure: doubled each time, and between half and all of that by chance.</summary>
    public TimeSpan NextPause()
    {
        var most = Math.Min(longest.Ticks, ShortestPause.Ticks * Math.Pow(2, Math.Min(_failures, 20)));
        var pause = TimeSpan.FromTicks((long)(most * (0.5 + (chance() / 2))));
        return pause > ShortestPause ? pause : ShortestPause;
    }
}
