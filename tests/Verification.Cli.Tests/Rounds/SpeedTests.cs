using Microsoft.Extensions.Time.Testing;
using Verification.Cli.Rounds;

namespace Verification.Cli.Tests.Rounds;

public sealed class SpeedTests
{
    [Fact]
    public void Of_AResumedRound_CountsThisRunsRowsAlone()
    {
        var time = new FakeTimeProvider();
        var speed = new Speed(first: 1_000_000, total: 3_000_000, time);
        Assert.Equal("starting", speed.Of(1_000_000));

        time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal("250,000 rows/s, 00:00:06 left", speed.Of(1_500_000));
    }

    [Fact]
    public void Of_MoreRowsThanLinesToldOf_HasNothingLeft()
    {
        var time = new FakeTimeProvider();
        var speed = new Speed(first: 0, total: 10, time);
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("20 rows/s, 00:00:00 left", speed.Of(20));
    }
}
