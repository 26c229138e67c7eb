using System.CommandLine;
using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Verification.Cli.Shell;

namespace Verification.Cli.Input;

/// <summary>Reads the ends of an interval: days in Beijing, both of which belong to it, or instants, of which the last one does not.</summary>
internal static class Instants
{
    private static readonly TimeSpan Beijing = TimeSpan.FromHours(8);

    private static readonly string[] Forms =
    [
        "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ss zzz",
    ];

    /// <summary>The first instant of an interval; null when the option is absent.</summary>
    public static Timestamp? Beginning(this ParseResult parse, Option<string> option) => parse.Instant(option, TimeSpan.Zero);

    /// <summary>The first instant behind an interval; null when the option is absent.</summary>
    public static Timestamp? End(this ParseResult parse, Option<string> option) => parse.Instant(option, TimeSpan.FromDays(1));

    private static Timestamp? Instant(this ParseResult parse, Option<string> option, TimeSpan intoDay)
    {
        if (parse.Text(option) is not { } text)
            return null;
        if (DateTime.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return Timestamp.FromDateTimeOffset(new DateTimeOffset(day, Beijing) + intoDay);
        // Without an offset the parser would take the machine's.
        var hasOffset = text.EndsWith('Z') || (text.Length > 6 && text[^6] is '+' or '-' && text[^3] == ':');
        if (hasOffset && DateTimeOffset.TryParseExact(text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant))
            return Timestamp.FromDateTimeOffset(instant);
        throw new UsageException(Say($"{option.Name} must be a day in Beijing, as YYYY-MM-DD, or an instant, as YYYY-MM-DDThh:mm:ss+08:00", $"{option.Name} 必须是北京时间的日期（YYYY-MM-DD）或时刻（YYYY-MM-DDThh:mm:ss+08:00）"));
    }
}
