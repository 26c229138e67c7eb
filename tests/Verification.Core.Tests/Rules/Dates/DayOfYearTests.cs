using CsCheck;
using Verification.Core.Rules.Dates;

namespace Verification.Core.Tests.Rules.Dates;

public sealed class DayOfYearTests
{
    private static readonly DateOnly Begin = new(2024, 3, 28);

    /// <summary>Parameters that change within a few days of the days that they name.</summary>
    private static readonly Gen<Dated<DayOfYear>> Parameters = Gen.Select(
        Days, Gen.Select(Gen.Int[0, 8], Gen.Int[0, 2], Days).Array[0, 3]).Select((first, changes) => new Dated<DayOfYear>(
            [
                (DateOnly.MinValue, first),
                .. changes.Select(change => (From: Begin.AddDays(change.Item1).AddYears(change.Item2), Day: change.Item3))
                    .DistinctBy(change => change.From)
                    .OrderBy(change => change.From),
            ]));

    private static Gen<DayOfYear> Days => Gen.Int[0, 8].Select(days => new DayOfYear(Begin.AddDays(days).Month, Begin.AddDays(days).Day));

    /// <summary>Day by day: each day goes by the value that applies to it.</summary>
    [Fact]
    public void FirstAfter_AnyDate_IsTheFirstDayThatItsOwnValueNames() => Gen.Select(Parameters, Gen.Int[-3, 800]).Sample((parameter, days) =>
    {
        var date = Begin.AddDays(days);
        var expected = date.AddDays(1);
        while (parameter.On(expected) != new DayOfYear(expected.Month, expected.Day))
        {
            expected = expected.AddDays(1);
        }

        Assert.Equal(expected, DayOfYear.FirstAfter(date, parameter));
    });

    [Fact]
    public void FirstAfter_ParameterThatChanges_GoesByTheDayItself()
    {
        var parameter = new Dated<DayOfYear>(
            [(DateOnly.MinValue, new DayOfYear(4, 1)), (new DateOnly(2025, 3, 1), new DayOfYear(3, 15)), (new DateOnly(2026, 3, 20), new DayOfYear(4, 1))]);

        Assert.Equal(new DateOnly(2024, 4, 1), DayOfYear.FirstAfter(new DateOnly(2024, 3, 31), parameter));
        Assert.Equal(new DateOnly(2025, 3, 15), DayOfYear.FirstAfter(new DateOnly(2024, 4, 1), parameter));
        Assert.Equal(new DateOnly(2026, 3, 15), DayOfYear.FirstAfter(new DateOnly(2025, 3, 15), parameter));
        Assert.Equal(new DateOnly(2026, 4, 1), DayOfYear.FirstAfter(new DateOnly(2026, 3, 15), parameter));
        Assert.Equal(Calendar.Never, DayOfYear.FirstAfter(new DateOnly(9999, 4, 1), parameter));
    }

    [Theory]
    [InlineData("9998-04-01", "9999-04-01")]
    [InlineData("9999-03-31", "9999-04-01")]
    [InlineData("9999-04-01", "9999-12-31")]
    public void FirstAfter_EndOfTheCalendar_IsNever(string date, string expected) => Assert.Equal(
        DateOnly.ParseExact(expected, "yyyy-MM-dd"),
        DayOfYear.FirstAfter(DateOnly.ParseExact(date, "yyyy-MM-dd"), new Dated<DayOfYear>([(DateOnly.MinValue, new DayOfYear(4, 1))])));
}
