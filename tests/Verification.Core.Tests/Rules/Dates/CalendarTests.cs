using CsCheck;
using Verification.Core.Rules.Dates;

namespace Verification.Core.Tests.Rules.Dates;

public sealed class CalendarTests
{
    /// <summary>Dates, many of them near one of the two ends of the calendar.</summary>
    private static readonly Gen<DateOnly> Dates = Gen.OneOf(
        Gen.Int[0, 2_000], Gen.Int[DateOnly.MaxValue.DayNumber - 2_000, DateOnly.MaxValue.DayNumber], Gen.Int[0, DateOnly.MaxValue.DayNumber])
        .Select(DateOnly.FromDayNumber);

    private static readonly Gen<int> Lengths = Gen.OneOf(Gen.Int[0, 60], Gen.Int[0, 200_000]);

    [Fact]
    public void Plus_AnyMonths_IsTheSameDayOrTheMonthsLastAndNeverBeyondTheCalendar() => Gen.Select(Dates, Lengths).Sample((date, months) =>
    {
        var month = (date.Year * 12) + date.Month - 1 + months;

        Assert.Equal(
            date == Calendar.Never || month / 12 > 9999 ? Calendar.Never : DayOf(month, date.Day),
            date.Plus(new Months(months)));
    });

    [Fact]
    public void Minus_AnyMonths_IsTheSameDayOrTheMonthsLastAndNotBeforeTheCalendar() => Gen.Select(Dates, Lengths).Sample((date, months) =>
    {
        var month = (date.Year * 12) + date.Month - 1 - months;

        Assert.Equal(
            date == Calendar.Never ? Calendar.Never : month < 12 ? DateOnly.MinValue : DayOf(month, date.Day),
            date.Minus(new Months(months)));
    });

    [Fact]
    public void PlusAndMinus_Never_StaysNever()
    {
        Assert.Equal(Calendar.Never, Calendar.Never.Plus(new Months(0)));
        Assert.Equal(Calendar.Never, Calendar.Never.Minus(new Months(1)));
    }

    [Fact]
    public void HasReached_ATurn_FromItsDayOn()
    {
        var turn = new DateOnly(2026, 5, 1);

        Assert.False(turn.AddDays(-1).HasReached(turn));
        Assert.True(turn.HasReached(turn));
        Assert.True(turn.AddDays(1).HasReached(turn));
        Assert.False(DateOnly.MaxValue.HasReached(Calendar.Never));
    }

    [Fact]
    public void Next_OfTheLastDay_IsNever()
    {
        Assert.Equal(new DateOnly(2024, 3, 1), new DateOnly(2024, 2, 29).Next);
        Assert.Equal(Calendar.Never, Calendar.Never.Next);
    }

    [Theory]
    [InlineData("2024-08-31", 6, "2025-02-28")]
    [InlineData("2023-08-31", 6, "2024-02-29")]
    [InlineData("2024-02-29", 24, "2026-02-28")]
    [InlineData("9999-11-30", 2, "9999-12-31")]
    [InlineData("9999-12-31", 0, "9999-12-31")]
    public void Plus_MonthsInOneStep_ClampsToTheLastDay(string from, int months, string expected) =>
        Assert.Equal(DateOnly.ParseExact(expected, "yyyy-MM-dd"), DateOnly.ParseExact(from, "yyyy-MM-dd").Plus(new Months(months)));

    [Theory]
    [InlineData("2026-04-30T15:59:59Z", "2026-04-30")]
    [InlineData("2026-04-30T16:00:00Z", "2026-05-01")]
    [InlineData("2026-05-01T00:00:00+08:00", "2026-05-01")]
    public void DateInBeijing_AtAnInstant_TurnsAtMidnightThere(string instant, string expected) => Assert.Equal(
        DateOnly.ParseExact(expected, "yyyy-MM-dd"),
        Calendar.DateInBeijing(DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture)));

    private static DateOnly DayOf(int month, int day)
    {
        var (year, number) = (month / 12, (month % 12) + 1);
        return new DateOnly(year, number, Math.Min(day, DateTime.DaysInMonth(year, number)));
    }
}
