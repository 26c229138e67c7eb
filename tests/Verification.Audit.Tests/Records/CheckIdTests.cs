using Verification.Audit.Records;

namespace Verification.Audit.Tests.Records;

public sealed class CheckIdTests
{
    private static readonly Guid Message = Guid.Parse("019a7c1e-5b7a-7f3c-8a51-0123456789ab");

    [Theory]
    [InlineData(null, "019a7c1e5b7a7f3c8a510123456789ab")]
    [InlineData(0, "019a7c1e5b7a7f3c8a510123456789ab-0")]
    [InlineData(999, "019a7c1e5b7a7f3c8a510123456789ab-999")]
    public void TryParse_WhatToStringWrote_IsTheSame(int? item, string text)
    {
        var id = new CheckId(Message, item);

        Assert.Equal(text, id.ToString());
        Assert.True(CheckId.TryParse(text, out var read));
        Assert.Equal(id, read);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("019a7c1e5b7a7f3c8a510123456789a")]
    [InlineData("019a7c1e-5b7a-7f3c-8a51-0123456789ab")]
    [InlineData("019a7c1e5b7a7f3c8a510123456789ab-")]
    [InlineData("019a7c1e5b7a7f3c8a510123456789ab--1")]
    [InlineData("019a7c1e5b7a7f3c8a510123456789ab- 1")]
    [InlineData("019a7c1e5b7a7f3c8a510123456789ab 1")]
    [InlineData("019a7c1e5b7a7f3c8a510123456789ab-99999999999")]
    public void TryParse_AnythingElse_IsNone(string? text) => Assert.False(CheckId.TryParse(text, out _));
}
