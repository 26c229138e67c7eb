using Verification.Core.Permits;

namespace Verification.Core.Tests.Permits;

public sealed class IdentityNumberTextTests
{
    [Theory]
    [InlineData("王１１０１０５１９９００３０７２３３８，11010519491231002x。", "王(identity number),(identity number)。")]
    [InlineData("110105199003072338", "(identity number)")]
    [InlineData("①①⓪①⓪⑤①⑨⑨⓪⓪③⓪⑦②③③⑧", "(identity number)")]
    [InlineData("⑪⑫⑬⑭⑮⑯⑰⑱㊳", "(identity number)")]
    [InlineData("110105199003070439 and 110105199003072338", "110105199003070439 and (identity number)")]
    public void Hide_IdentityNumberInText_IsLeftOut(string text, string expected)
    {
        Assert.True(IdentityNumberText.IsIn(text));
        Assert.Equal(expected, IdentityNumberText.Hide(text));
    }

    [Theory]
    [InlineData("")]
    [InlineData("（中关村）软件有限公司")]
    [InlineData("电话 010-62550000，１１０１０５１９９００３０７２３３９")]
    [InlineData("110105199003072338B")]
    [InlineData("91350100M000100Y43")]
    [InlineData("１１０１０５１９９００３０７０４３９")]
    public void Hide_OtherText_IsAsItWas(string text) => Assert.Same(text, IdentityNumberText.Hide(text));

    [Fact]
    public void IsIn_EveryCheckCharacterOfACreditCode_OnlyTheFittingOneIsNone()
    {
        var spared = Enumerable.Range(0, 1_000)
            .Select(i => $"{11010519900307000L + i}")
            .Select(digits => "0123456789X".Select(check => digits + check).Single(text => ResidentIdentityNumber.TryParse(text, out _)))
            .Count(text => !IdentityNumberText.IsIn(text));

        // One in 31, by the check character of GB 32100.
        Assert.InRange(spared, 20, 45);
    }
}
