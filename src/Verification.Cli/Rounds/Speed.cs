namespace Verification.Cli.Rounds;

/// <summary>How fast a round goes, in words.</summary>
/// <param name="first">The rows done when it began.</param>
/// <param name="total">The rows that there are, as far as their lines tell.</param>
/// <param name="time">The clock.</param>
internal sealed class Speed(long first, long total, TimeProvider time)
{
    private readonly long _began = time.GetTimestamp();

    public string Of(long done)
    {
        var seconds = time.GetElapsedTime(_began).TotalSeconds;
        if (seconds <= 0 || done <= first)
            return Say("starting", "开始");
        var speed = (done - first) / seconds;
        var left = TimeSpan.FromSeconds(Math.Ceiling(Math.Max(0, total - done) / speed));
        return Say(
            FormattableString.Invariant($"{speed:N0} rows/s, {left:c} left"), FormattableString.Invariant($"每秒 {speed:N0} 行，剩余 {left:c}"));
    }
}
