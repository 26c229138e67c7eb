using System.Globalization;
using System.Text.RegularExpressions;

namespace Verification.Server.Configuration;

/// <summary>
/// A time as people write it: a whole number with its unit (<c>500ms</c>, <c>30s</c>, <c>5m</c>, <c>24h</c>, <c>7d</c>), or
/// <c>hh:mm:ss</c> below 24 hours. The framework's own form takes <c>24:00:00</c> for 24 days and a bare number for days.
/// </summary>
internal static partial class Duration
{
    // The largest first, as a time is written in the largest that divides it.
    private static readonly (string Name, long Ticks)[] Units =
    [
        ("d", TimeSpan.TicksPerDay),
        ("h", TimeSpan.TicksPerHour),
        ("m", TimeSpan.TicksPerMinute),
        ("s", TimeSpan.TicksPerSecond),
        ("ms", TimeSpan.TicksPerMillisecond),
    ];

    /// <summary>The time that a text means.</summary>
    /// <returns>Null where it is of another form, or longer than there is.</returns>
    public static TimeSpan? Read(string text)
    {
        if (Clock().IsMatch(text))
        {
            return TimeSpan.Parse(text, CultureInfo.InvariantCulture);
        }

        if (!NumberWithUnit().IsMatch(text))
        {
            return null;
        }

        var digits = text.TrimEnd('d', 'h', 'm', 's');
        var unit = Units.Single(unit => unit.Name == text[digits.Length..]);
        var ticks = decimal.Parse(digits, CultureInfo.InvariantCulture) * unit.Ticks;
        return ticks <= long.MaxValue ? new TimeSpan((long)ticks) : null;
    }

    /// <summary>A time as it is to be written.</summary>
    public static string Write(TimeSpan time)
    {
        var unit = Units.FirstOrDefault(unit => time.Ticks % unit.Ticks == 0, Units[^1]);
        return time == TimeSpan.Zero ? "0s" : string.Create(CultureInfo.InvariantCulture, $"{time.Ticks / (decimal)unit.Ticks}{unit.Name}");
    }

    /// <summary>For a text that is refused: how a time is written, or what the text would mean to the framework.</summary>
    /// <returns>Null where the text is well formed.</returns>
    public static string? HintOf(string text)
    {
        if (Read(text) is not null)
        {
            return null;
        }

        if (!TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var meant) || meant < TimeSpan.Zero)
        {
            return "write it as in 500ms, 30s, 5m, 24h or 7d";
        }

        var first = text.Split(':')[0];
        var better = !int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Write(meant)
            : first == text ? $"{number}s, {number}m, {number}h or {number}d"
            : number >= 24 ? $"{number}h or {number}d"
            : Write(meant);
        return $"{text} would mean {Write(meant)}; write {better}";
    }

    [GeneratedRegex(@"\A([01]?[0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,7})?\z")]
    private static partial Regex Clock();

    [GeneratedRegex(@"\A[0-9]{1,12}(ms|s|m|h|d)\z")]
    private static partial Regex NumberWithUnit();
}
