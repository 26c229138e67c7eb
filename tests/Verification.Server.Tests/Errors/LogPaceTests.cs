using Microsoft.Extensions.Time.Testing;
using Verification.Server.Errors;

namespace Verification.Server.Tests.Errors;

public sealed class LogPaceTests
{
    [Fact]
    public void TryTake_Flood_LetsOneThroughAMinuteWithTheCount()
    {
        var clock = new FakeTimeProvider();
        var pace = new LogPace(clock);

        Assert.True(pace.TryTake("reason", "one", out var before));
        Assert.Equal(0, before);
        for (var i = 0; i < 500; i++)
        {
            Assert.False(pace.TryTake("reason", "one", out _));
        }

        Assert.True(pace.TryTake("reason", "another", out _));
        Assert.True(pace.TryTake("another", "one", out _));
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True(pace.TryTake("reason", "one", out before));
        Assert.Equal(500, before);
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True(pace.TryTake("reason", "one", out before));
        Assert.Equal(0, before);
    }
}
