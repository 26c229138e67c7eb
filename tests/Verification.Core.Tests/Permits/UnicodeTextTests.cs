using Verification.Core.Permits;

namespace Verification.Core.Tests.Permits;

public sealed class UnicodeTextTests
{
    [Theory]
    [InlineData("")]
    [InlineData("BJ2024000017")]
    [InlineData("ＢＪ２０２４ﾊﾞ①", "BJ2024バ1")]
    [InlineData("工作🏢", "工作🏢")]
    public void Compatible_UnicodeText_IsItsCompatibleForm(string text, string? expected = null) =>
        Assert.Equal(expected ?? text, UnicodeText.Compatible(text));

    /// <summary>No theory: what an attribute holds is UTF-8, in which there are none.</summary>
    [Fact]
    public void Compatible_LoneSurrogate_IsNoText() => Assert.All(
        ["\uD83D", "\uDE00", "BJ\uD83D2024", "BJ2024\uDE00\uD83D", "🏢\uD83D"],
        text => Assert.Null(UnicodeText.Compatible(text)));

    [Fact]
    public void EnsureSupported_RuntimeWithUnicodeTables_Passes() => Assert.Null(Record.Exception(UnicodeText.EnsureSupported));
}
