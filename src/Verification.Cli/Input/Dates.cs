using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Google.Type;

namespace Verification.Cli.Input;

/// <summary>Dates of the contract: civil dates in Beijing.</summary>
internal static class Dates
{
    // China has kept UTC+08:00 without daylight saving since 1991.
    private static readonly TimeSpan Beijing = TimeSpan.FromHours(8);

    public static Date Today(TimeProvider time) => DateOnly.FromDateTime(time.GetUtcNow().ToOffset(Beijing).DateTime).ToDate();

    public static Date ToDate(this DateOnly date) => new() { Year = date.Year, Month = date.Month, Day = date.Day };

    public static DateOnly ToDateOnly(this Date date) => new(date.Year, date.Month, date.Day);

    public static string ToText(this Date date) =>
        string.Create(CultureInfo.InvariantCulture, $"{date.Year:D4}-{date.Month:D2}-{date.Day:D2}");

    /// <summary>Writes the same text, of ten characters.</summary>
    /// <returns>How many characters it has.</returns>
    public static int Write(this Date date, Span<char> text) =>
        date.ToDateOnly().TryFormat(text, out var length, "O", CultureInfo.InvariantCulture) ? length : 0;

    public static string ToText(this DateTimeOffset instant) =>
        instant.ToOffset(Beijing).ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture);

    public static string ToText(this Timestamp instant) =>
        instant.ToDateTimeOffset().ToText();
}
