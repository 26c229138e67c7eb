using Verification.Core.Permits;

namespace Verification.Core.Tests.Permits;

/// <summary>GB 32100.</summary>
public sealed class SocialCreditCodeTests
{
    [Theory]
    [InlineData("91350100M000100Y43")]
    [InlineData("110105199003070439")]
    public void IsWellFormed_FittingCheckCharacter_IsOne(string text) => Assert.True(SocialCreditCode.IsWellFormed(text));

    [Theory]
    [InlineData("")]
    [InlineData("91350100M000100Y4")]
    [InlineData("91350100M000100Y430")]
    [InlineData("91350100M000100Y44")]
    [InlineData("91350100N000100Y43")]
    [InlineData("91350100I000100Y43")]
    [InlineData("91350100m000100y43")]
    public void IsWellFormed_AnythingElse_IsNone(string text) => Assert.False(SocialCreditCode.IsWellFormed(text));

    /// <summary>The weights are powers of three modulo the length of the alphabet, a prime: exactly one check character fits.</summary>
    [Fact]
    public void IsWellFormed_EveryCheckCharacter_ExactlyOneFits()
    {
        for (var place = 0; place < 17; place++)
        {
            var digits = new string('0', place) + 'Y' + new string('0', 16 - place);
            Assert.Single("0123456789ABCDEFGHJKLMNPQRTUWXY", check => SocialCreditCode.IsWellFormed(digits + check));
        }
    }
}
