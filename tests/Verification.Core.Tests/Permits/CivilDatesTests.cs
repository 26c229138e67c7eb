using System.Globalization;
using CsCheck;
using Verification.Core.Permits;

namespace Verification.Core.Tests.Permits;

public sealed class CivilDatesTests
{
    /// <summary>Digits, what stands beside them in ASCII, the separator, and digits that are not ASCII.</summary>
    private const string Characters = "0123456789/:-. a٣３";

    [Theory]
    [InlineData("0001-01-01")]
    [InlineData("2024-02-29")]
    [InlineData("2024-12-31")]
    [InlineData("9999-12-31")]
    public void TryParse_RealDate_IsThatDate(string text)
    {
        Assert.True(CivilDates.TryParse(text, out var date));
        Assert.Equal(text, CivilDates.Format(date));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0000-01-01")]
    [InlineData("2024-00-01")]
    [InlineData("2024-13-01")]
    [InlineData("2024-01-00")]
    [InlineData("2024-01-32")]
    [InlineData("2023-02-29")]
    [InlineData("2024-04-31")]
    [InlineData("2024-1-01")]
    [InlineData("2024-01-1")]
    [InlineData("2024-01-011")]
    [InlineData("02024-01-1")]
    [InlineData("2024/01/01")]
    [InlineData("2024-01/01")]
    [InlineData("2024/01-01")]
    [InlineData("2o24-01-01")]
    [InlineData("2024-0l-01")]
    [InlineData("2024-01-0x")]
    [InlineData("２０２４-01-01")]
    public void TryParse_AnythingElse_IsNoDate(string text)
    {
        Assert.False(CivilDates.TryParse(text, out var date));
        Assert.Equal(default, date);
    }

    [Fact]
    public void TryParse_AnyDateWithOneCharacterChanged_IsReadAsTheCalendarDoes() =>
        Gen.Select(Gen.Int[0, DateOnly.MaxValue.DayNumber], Gen.Int[0, 9], Gen.Int[0, Characters.Length - 1]).Sample((day, at, character) =>
        {
            var written = CivilDates.Format(DateOnly.FromDayNumber(day)).ToCharArray();
            written[at] = Characters[character];

            var isDate = CivilDates.TryParse(written, out var date);

            Assert.Equal(DateOnly.TryParseExact(written, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var expected), isDate);
            Assert.Equal(expected, date);
        });

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(10_000, 1, 1)]
    [InlineData(-1, 1, 1)]
    [InlineData(2024, 0, 1)]
    [InlineData(2024, 13, 1)]
    [InlineData(2024, 1, 0)]
    [InlineData(2024, 2, 30)]
    public void TryCreate_NoSuchDay_IsNoDate(int year, int month, int day) => Assert.False(CivilDates.TryCreate(year, month, day, out _));
}
