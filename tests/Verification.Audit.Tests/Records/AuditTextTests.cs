using Verification.Audit.Records;

namespace Verification.Audit.Tests.Records;

public sealed class AuditTextTests
{
    [Theory]
    [InlineData("case 17/2026")]
    [InlineData("案卷 4711")]
    public void TryCreate_OrdinaryText_IsKept(string text)
    {
        Assert.True(AuditText.TryCreate(text, out var created));
        Assert.Equal(text, created.ToString());
        Assert.False(created.IsEmpty);
    }

    [Fact]
    public void TryCreate_EmptyText_IsNone()
    {
        Assert.True(AuditText.TryCreate(string.Empty, out var created));
        Assert.True(created.IsEmpty);
        Assert.Equal(default, created);
        Assert.Equal(string.Empty, created.ToString());
    }

    [Theory]
    [InlineData("110105199003072338")]
    [InlineData("case of １１０１０５１９９００３０７２３３８")]
    [InlineData(null)]
    public void TryCreate_WhatIsNeverRecorded_IsRefused(string? text) => Assert.False(AuditText.TryCreate(text, out _));

    [Fact]
    public void TryCreate_TooLongOrNoUnicode_IsRefused()
    {
        Assert.False(AuditText.TryCreate(new string('字', 171), out _));
        Assert.False(AuditText.TryCreate("a\uD83D", out _));
        Assert.Throws<ArgumentException>(() => AuditText.Of(new string('x', 513)));
    }
}
