using Verification.Core.Permits;

namespace Verification.Core.Tests.Permits;

public sealed class ResidentIdentityNumberTests
{
    [Theory]
    [InlineData("110105199003072338")]
    [InlineData("110105201608140014")]
    [InlineData("１１０１０５１９９００３０７２３３８")]
    [InlineData("11010519491231002X")]
    [InlineData("11010519491231002x")]
    [InlineData("11010519491231002ｘ")]
    [InlineData("11010519491231002Ⅹ")]
    public void TryParse_FittingCheckCharacter_IsANumber(string text) => Assert.True(ResidentIdentityNumber.TryParse(text, out _));

    [Theory]
    [InlineData("")]
    [InlineData("11010519900307233")]
    [InlineData("1101051990030723380")]
    [InlineData("110105199003072339")]
    [InlineData("110105201608140019")]
    [InlineData("11010519491231002Y")]
    [InlineData("1101051949123100X2")]
    [InlineData(" 110105199003072338")]
    [InlineData("110105 199003072338")]
    [InlineData("１１０１０５１９９００３０７２３３９")]
    public void TryParse_AnythingElse_IsMalformed(string text) => Assert.False(ResidentIdentityNumber.TryParse(text, out _));

    /// <summary>No theory: what an attribute holds is UTF-8, in which there are none.</summary>
    [Fact]
    public void TryParse_LoneSurrogate_IsMalformed() => Assert.False(ResidentIdentityNumber.TryParse("\uD83D10105199003072338", out _));

    [Fact]
    public void TryParse_EveryCheckCharacter_ExactlyOneFits()
    {
        for (var i = 0; i < 200; i++)
        {
            var digits = $"{11010519900101000L + (i * 7919)}";
            Assert.Single("0123456789X", check => ResidentIdentityNumber.TryParse(digits + check, out _));
        }
    }

    [Fact]
    public void Equals_AnyWayOfWriting_IsTheSamePerson()
    {
        Assert.True(ResidentIdentityNumber.TryParse("11010519491231002X", out var one));
        Assert.True(ResidentIdentityNumber.TryParse("１１０１０５１９４９１２３１００２ｘ", out var other));
        Assert.Equal(one, other);
    }

    [Fact]
    public void Equals_NoNumberAndTheOneOfZeros_Differ()
    {
        Assert.True(ResidentIdentityNumber.TryParse("000000000000000001", out var zeros));
        Assert.NotEqual(default, zeros);
    }

    [Fact]
    public void ToString_OfANumber_DoesNotGiveItAway()
    {
        Assert.True(ResidentIdentityNumber.TryParse("110105199003072338", out var number));
        Assert.DoesNotContain("1990", $"{number} {new Core.Rules.Verdicts.Subject(SubjectRole.Holder, number)}", StringComparison.Ordinal);
    }
}
