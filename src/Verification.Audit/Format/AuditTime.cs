namespace Verification.Audit.Format;

/// <summary>Instants as the log keeps them: Unix time in microseconds.</summary>
internal static class AuditTime
{
    public const long MicrosecondsPerMillisecond = 1000;
    private const long MicrosecondsPerDay = 86_400_000_000;
    private static readonly int UnixDay = DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    public static long ToMicroseconds(DateTimeOffset instant) =>
        (instant.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset FromMicroseconds(long microseconds) => DateTimeOffset.UnixEpoch.AddMicroseconds(microseconds);

    /// <summary>The day in UTC, counted as <see cref="DateOnly.DayNumber"/> does.</summary>
    public static int DayNumber(long microseconds)
    {
        var (days, rest) = Math.DivRem(microseconds, MicrosecondsPerDay);
        return UnixDay + (int)days - (rest < 0 ? 1 : 0);
    }
}
