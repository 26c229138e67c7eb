namespace Verification.Core.Rules.Dates;

/// <summary>The dates that a verdict may be for: from the year 2000 to five years ahead.</summary>
public static class AsOfRange
{
    /// <summary>The first date.</summary>
    public static readonly DateOnly Earliest = new(2000, 1, 1);

    private static readonly Months Ahead = new(5 * 12);

    /// <summary>The last date, seen from a day.</summary>
    public static DateOnly Latest(DateOnly today) => today.Plus(Ahead);

    /// <summary>Whether a clock that says so can be right: the day itself and five years from it lie in the calendar.</summary>
    public static bool CanBeToday(DateOnly today) => today >= Earliest && Latest(today) != Calendar.Never;
}
