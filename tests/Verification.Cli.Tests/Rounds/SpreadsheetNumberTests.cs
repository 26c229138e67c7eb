using Verification.Cli.Rounds;

namespace Verification.Cli.Tests.Rounds;

public sealed class SpreadsheetNumberTests
{
    [Theory]
    [InlineData("1.2E+17", true)]
    [InlineData("1,10105E+17", true)]
    [InlineData("1e+17", true)]
    [InlineData("1.10105E+17X", false)]
    [InlineData("E+17", false)]
    [InlineData(".E+17", false)]
    [InlineData("1.2E+", false)]
    [InlineData("1E17", false)]
    [InlineData("12E34567", false)]
    [InlineData("123E-456", false)]
    [InlineData("BJ2024000017", false)]
    [InlineData("", false)]
    public void Is_ACell_TellsWhetherASpreadsheetRoundedIt(string cell, bool isOne) => Assert.Equal(isOne, SpreadsheetNumber.Is(cell));
}
