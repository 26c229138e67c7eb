using System.ComponentModel.DataAnnotations;
using Verification.Caching.Coherence;

namespace Verification.Caching.Tests.Coherence;

public sealed class FeedOptionsTests
{
    [Fact]
    public void Validate_Defaults_AreGood() => Assert.Empty(ProblemsOf(new FeedOptions()));

    /// <summary>Knowledge is as old as a poll's interval before the next one: nothing would be fresh enough all that time.</summary>
    [Theory]
    [InlineData(999, null)]
    [InlineData(1_000, nameof(FeedOptions.PollInterval))]
    public void Validate_PollIntervalAndStaleness_LeaveAnswersBetweenPolls(int milliseconds, string? problem)
    {
        var options = new FeedOptions { PollInterval = TimeSpan.FromMilliseconds(milliseconds), DefaultStaleness = TimeSpan.FromSeconds(1) };

        Assert.Equal(problem is null ? [] : [problem], ProblemsOf(options));
    }

    [Theory]
    [InlineData(60, null)]
    [InlineData(61, nameof(FeedOptions.DefaultStaleness))]
    public void Validate_DefaultStaleness_IsWithinTheCap(int seconds, string? problem)
    {
        var options = new FeedOptions { DefaultStaleness = TimeSpan.FromSeconds(seconds), StalenessCap = TimeSpan.FromSeconds(60) };

        Assert.Equal(problem is null ? [] : [problem], ProblemsOf(options));
    }

    private static IEnumerable<string> ProblemsOf(FeedOptions options) =>
        options.Validate(new ValidationContext(options)).SelectMany(problem => problem.MemberNames);
}
