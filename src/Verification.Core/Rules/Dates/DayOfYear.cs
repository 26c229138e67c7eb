namespace Verification.Core.Rules.Dates;

/// <summary>A day that comes every year, such as 1 April. Never 29 February.</summary>
/// <param name="Month">1 to 12.</param>
/// <param name="Day">1 to the last day of the month in every year.</param>
public readonly record struct DayOfYear(int Month, int Day)
{
    /// <summary>The first day after a date that a parameter names, each day by the value that applies to it.</summary>
    public static DateOnly FirstAfter(DateOnly date, Dated<DayOfYear> parameter)
    {
        var values = parameter.Values;
        for (var i = 0; i < values.Length; i++)
        {
            var (from, day) = values[i];
            var candidate = day.After(from > date ? from.AddDays(-1) : date);
            if (i == values.Length - 1 || candidate < values[i + 1].From)
            {
                return candidate;
            }
        }

        return Calendar.Never;
    }

    /// <summary>The first such day after a date; <see cref="Calendar.Never"/> beyond the year 9999.</summary>
    private DateOnly After(DateOnly date)
    {
        var (year, month, day) = date;
        year += month > Month || (month == Month && day >= Day) ? 1 : 0;
        return year > DateOnly.MaxValue.Year ? Calendar.Never : new DateOnly(year, Month, Day);
    }
}
