using Verification.Core.Rules.Dates;

namespace Verification.Core.Tests.Rules.Dates;

public sealed class AsOfRangeTests
{
    [Fact]
    public void Earliest_IsTheFirstDayOf2000() => Assert.Equal(new DateOnly(2000, 1, 1), AsOfRange.Earliest);

    [Theory]
    [InlineData("2026-11-22", "2031-11-22")]
    [InlineData("2024-02-29", "2029-02-28")]
    public void Latest_SeenFromADay_IsFiveYearsAhead(string today, string expected) =>
        Assert.Equal(DateOnly.ParseExact(expected, "yyyy-MM-dd"), AsOfRange.Latest(DateOnly.ParseExact(today, "yyyy-MM-dd")));

    [Theory]
    [InlineData("1999-12-31", false)]
    [InlineData("2000-01-01", true)]
    [InlineData("9994-12-30", true)]
    [InlineData("9994-12-31", false)]
    [InlineData("9999-12-31", false)]
    public void CanBeToday_ADay_WhenItAndFiveYearsLieInTheCalendar(string today, bool expected) =>
        Assert.Equal(expected, AsOfRange.CanBeToday(DateOnly.ParseExact(today, "yyyy-MM-dd")));
}
