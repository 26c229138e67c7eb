using Verification.Core.Permits;

namespace Verification.Core.Tests.Permits;

/// <summary>Policy §1: the numbers of identity documents.</summary>
public sealed class IdentityNumberTests
{
    [Theory]
    [InlineData("E1234", "e1234")]
    [InlineData("H12345678", "Ｈ 1234-5678")]
    [InlineData("12345678901234567890", "1234567890\u20131234567890")]
    [InlineData("110105199003072338", "110105199003072338")]
    public void TryParse_OtherDocument_IsComparedWithoutWhiteSpaceHyphensAndCase(string canonical, string typed)
    {
        Assert.True(IdentityNumber.TryParse(IdentityDocument.Passport, canonical, out var expected));
        Assert.True(IdentityNumber.TryParse(IdentityDocument.Passport, typed, out var number));

        Assert.Equal(expected, number);
        Assert.True(expected == number);
        Assert.Equal(expected.GetHashCode(), number.GetHashCode());
        Assert.Equal(IdentityDocument.Passport, number.Document);
    }

    [Theory]
    [InlineData("")]
    [InlineData("E123")]
    [InlineData("E 1-2 3")]
    [InlineData("123456789012345678901")]
    [InlineData("E1234_")]
    [InlineData("E1234é")]
    [InlineData("护照12345")]
    [InlineData("\ud800E12345")]
    public void TryParse_OtherDocumentAnythingElse_IsNone(string text) =>
        Assert.False(IdentityNumber.TryParse(IdentityDocument.TaiwanPermit, text, out _));

    /// <summary>A resident's number is compared after NFKC and upper-casing only.</summary>
    [Theory]
    [InlineData("11010519491231002x", true)]
    [InlineData("１１０１０５１９９００３０７２３３８", true)]
    [InlineData("110105 199003072338", false)]
    [InlineData("110105-199003072338", false)]
    [InlineData("E1234567", false)]
    public void TryParse_ResidentIdentityCard_IsTheResidentNumber(string text, bool isOne)
    {
        Assert.Equal(isOne, IdentityNumber.TryParse(IdentityDocument.ResidentIdentityCard, text, out var number));
        Assert.Equal(isOne ? IdentityDocument.ResidentIdentityCard : default, number.Document);
    }

    [Fact]
    public void Equals_SameCharactersOfTwoDocuments_Differ()
    {
        Assert.True(IdentityNumber.TryParse(IdentityDocument.Passport, "E1234567", out var passport));
        Assert.True(IdentityNumber.TryParse(IdentityDocument.TaiwanPermit, "E1234567", out var permit));

        Assert.True(passport != permit);
        Assert.False(passport.Equals((object)permit));
    }

    [Fact]
    public void ToString_AnyNumber_NeverGivesItAway()
    {
        Assert.True(IdentityNumber.TryParse(IdentityDocument.Passport, "E1234567", out var passport));

        Assert.Equal("(identity number)", passport.ToString());
        Assert.Equal("(identity number)", $"{passport}");
    }
}
