using Verification.Core.Rules.Dates;

namespace Verification.Core.Tests.Rules.Dates;

public sealed class DatedTests
{
    private static readonly DateOnly Later = new(2025, 7, 1);

    [Fact]
    public void On_ADate_IsTheValueThatBeganLast()
    {
        var term = new Dated<int>([(DateOnly.MinValue, 24), (Later, 36), (Later.AddDays(1), 48)]);

        Assert.Equal(
            [24, 24, 36, 48, 48],
            new[] { DateOnly.MinValue, Later.AddDays(-1), Later, Later.AddDays(1), DateOnly.MaxValue }.Select(term.On));
    }

    [Fact]
    public void Create_ValuesThatLeaveADateOpenOrNameItTwice_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => new Dated<int>([]));
        Assert.Throws<ArgumentException>(() => new Dated<int>([(Later, 1)]));
        Assert.Throws<ArgumentException>(() => new Dated<int>([(DateOnly.MinValue, 1), (DateOnly.MinValue, 2)]));
        Assert.Throws<ArgumentException>(() => new Dated<int>([(DateOnly.MinValue, 1), (Later, 2), (Later, 3)]));
        Assert.Throws<ArgumentException>(() => new Dated<int>([(DateOnly.MinValue, 1), (Later, 2), (Later.AddDays(-1), 3)]));
    }
}
