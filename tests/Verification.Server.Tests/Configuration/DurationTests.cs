using CsCheck;
using Verification.Server.Configuration;

namespace Verification.Server.Tests.Configuration;

public sealed class DurationTests
{
    [Theory]
    [InlineData("500ms", "00:00:00.500")]
    [InlineData("30s", "00:00:30")]
    [InlineData("5m", "00:05:00")]
    [InlineData("24h", "1.00:00:00")]
    [InlineData("7d", "7.00:00:00")]
    [InlineData("0s", "00:00:00")]
    [InlineData("90s", "00:01:30")]
    [InlineData("00:00:00.005", "00:00:00.005")]
    [InlineData("1:02:03", "01:02:03")]
    [InlineData("23:59:59", "23:59:59")]
    public void Read_AsPeopleWriteIt_IsRead(string text, string expected)
    {
        Assert.Equal(TimeSpan.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), Duration.Read(text));
        Assert.Null(Duration.HintOf(text));
    }

    [Theory]
    [InlineData("24:00:00", "24:00:00 would mean 24d; write 24h or 24d")]
    [InlineData("48:30", "write it as in 500ms, 30s, 5m, 24h or 7d")]
    [InlineData("12:30", "12:30 would mean 750m; write 750m")]
    [InlineData("5", "5 would mean 5d; write 5s, 5m, 5h or 5d")]
    [InlineData("1.00:00:00", "1.00:00:00 would mean 1d; write 1d")]
    [InlineData("1.12:00:00", "1.12:00:00 would mean 36h; write 36h")]
    [InlineData("-5", "write it as in 500ms, 30s, 5m, 24h or 7d")]
    [InlineData("5 s", "write it as in 500ms, 30s, 5m, 24h or 7d")]
    [InlineData("5M", "write it as in 500ms, 30s, 5m, 24h or 7d")]
    [InlineData("5min", "write it as in 500ms, 30s, 5m, 24h or 7d")]
    [InlineData("-5s", "write it as in 500ms, 30s, 5m, 24h or 7d")]
    [InlineData("1.5h", "write it as in 500ms, 30s, 5m, 24h or 7d")]
    [InlineData("s", "write it as in 500ms, 30s, 5m, 24h or 7d")]
    [InlineData("999999999999d", "write it as in 500ms, 30s, 5m, 24h or 7d")]
    [InlineData("", "write it as in 500ms, 30s, 5m, 24h or 7d")]
    public void Read_AnotherForm_IsRefusedWithWhatIsMeant(string text, string hint)
    {
        Assert.Null(Duration.Read(text));
        Assert.Equal(hint, Duration.HintOf(text));
    }

    [Fact]
    public void Write_AnyTime_IsReadAgain() =>
        Gen.Select(Gen.Long[0, 100_000], Gen.Int[0, 4]).Sample((number, unit) =>
        {
            var time = TimeSpan.FromMilliseconds(number * ((long[])[1, 1_000, 60_000, 3_600_000, 86_400_000])[unit]);
            Assert.Equal(time, Duration.Read(Duration.Write(time)));
        });
}
