using Verification.Server.Limits;

namespace Verification.Server.Tests.Limits;

public sealed class CallTimeTests
{
    private static readonly TimeSpan Otherwise = TimeSpan.FromHours(1);

    [Fact]
    public void Patience_NoDeadline_IsTheDefault() => Assert.Equal(Otherwise, new CallTime(DateTime.MaxValue, default).Patience(Otherwise));

    [Theory]
    [InlineData(600, 599.9)]
    [InlineData(1.05, 0.95)]
    [InlineData(0.5, 0.45)]
    public void Patience_ADeadline_LeavesATenthButAtMostATenthOfASecondToSaySo(double left, double patience)
    {
        var begun = TimeProvider.System.GetUtcNow().UtcDateTime;

        var actual = new CallTime(begun.AddSeconds(left), default).Patience(Otherwise).TotalSeconds;

        var elapsed = (TimeProvider.System.GetUtcNow().UtcDateTime - begun).TotalSeconds;
        Assert.InRange(actual, patience - elapsed - 0.0001, patience + 0.0001);
    }

    [Fact]
    public void Patience_LateDeadline_IsNoMoreThanTheDefault() => Assert.Equal(
        Otherwise, new CallTime(TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(2), default).Patience(Otherwise));
}
