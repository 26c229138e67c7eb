using System.Collections.Concurrent;

namespace Verification.Server.Errors;

/// <summary>
/// Lets one line a minute through for each thing that is told over and over, and counts those that it keeps back: a flood of refusals
/// must not be a flood of lines. The things are known to the server, like reasons and consumers, so that they are few.
/// </summary>
/// <param name="timeProvider">The clock.</param>
internal sealed class LogPace(TimeProvider timeProvider)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<(string What, string Whose), Told> _told = new();

    /// <summary>Whether a line may be written now: the first one at once, then one a minute.</summary>
    /// <param name="what">What it is about, such as a reason.</param>
    /// <param name="whose">Whom it is about; empty for nobody in particular.</param>
    /// <param name="before">How many were kept back since the last one; to be told with this one.</param>
    public bool TryTake(string what, string whose, out long before)
    {
        var told = _told.GetOrAdd((what, whose), _ => new Told());
        var now = timeProvider.GetTimestamp();
        lock (told)
        {
            if (told.At is { } at && timeProvider.GetElapsedTime(at, now) < Pause)
            {
                told.KeptBack++;
                before = 0;
                return false;
            }

            before = told.KeptBack;
            (told.At, told.KeptBack) = (now, 0);
            return true;
        }
    }

    private sealed class Told
    {
        public long? At { get; set; }

        public long KeptBack { get; set; }
    }
}
