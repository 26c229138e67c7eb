namespace Verification.Core.Rules.Dates;

/// <summary>
/// Civil dates in Beijing (policy §1). Adding months keeps the day, or takes the last of the month where that day does not exist.
/// </summary>
public static class Calendar
{
    /// <summary>A date that never comes: the end of what has no end, and what a sum beyond the year 9999 becomes.</summary>
    public static readonly DateOnly Never = DateOnly.MaxValue;

    private static readonly TimeSpan BeijingOffset = TimeSpan.FromHours(8);

    /// <summary>The date in Beijing (UTC+08:00, no daylight saving) at an instant.</summary>
    public static DateOnly DateInBeijing(DateTimeOffset instant) =>
        DateOnly.FromDateTime(instant.ToOffset(BeijingOffset).DateTime);

    extension(DateOnly date)
    {
        /// <summary>The date so many months later, in one step.</summary>
        public DateOnly Plus(Months months) =>
            date == Never || MonthsTo(DateOnly.MaxValue, date) < months.Count ? Never : date.AddMonths(months.Count);

        /// <summary>The date so many months earlier, in one step.</summary>
        public DateOnly Minus(Months months) =>
            date == Never ? Never
            : MonthsTo(date, DateOnly.MinValue) < months.Count ? DateOnly.MinValue
            : date.AddMonths(-months.Count);

        /// <summary>Whether a turn has come by the date; <see cref="Never"/> has not, even on the calendar's last day.</summary>
        public bool HasReached(DateOnly turn) => date >= turn && turn != Never;

        /// <summary>The next day.</summary>
        public DateOnly Next => date == Never ? Never : date.AddDays(1);
    }

    private static int MonthsTo(DateOnly later, DateOnly earlier) =>
        ((later.Year - earlier.Year) * 12) + later.Month - earlier.Month;
}
