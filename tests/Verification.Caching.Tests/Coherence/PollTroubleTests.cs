using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Verification.Caching.Coherence;

namespace Verification.Caching.Tests.Coherence;

public sealed class PollTroubleTests
{
    private double _chance;

    [Fact]
    public void NextPause_FailureAfterFailure_DoublesUpToTheLongest()
    {
        var trouble = New();
        _chance = 1;
        Assert.Equal([200, 400, 800, 1_000, 1_000], Pauses(trouble, 5));

        Assert.All(Pauses(trouble, 100), pause => Assert.Equal(1_000, pause));
    }

    [Fact]
    public void NextPause_ByChance_IsHalfToAllOfThatAndNeverBelowTheShortest()
    {
        var trouble = New();
        _chance = 0;
        Assert.Equal([100, 200, 400, 500], Pauses(trouble, 4));

        _chance = 0.5;
        Assert.Equal([750], Pauses(trouble, 1));
    }

    [Fact]
    public void End_AfterFailures_BeginsAnew()
    {
        var trouble = New();
        _chance = 1;
        Pauses(trouble, 4);
        Assert.NotNull(trouble.Failure);

        trouble.End();

        Assert.Null(trouble.Failure);
        Assert.Equal([200], Pauses(trouble, 1));
    }

    [Fact]
    public void NextPause_LongestBelowTheShortest_IsTheShortest() =>
        Assert.Equal(
            PollTrouble.ShortestPause,
            new PollTrouble(TimeSpan.FromMilliseconds(10), new FakeTimeProvider(), () => 0, NullLogger.Instance).NextPause());

    private static int[] Pauses(PollTrouble trouble, int failures)
    {
        var pauses = new int[failures];
        for (var i = 0; i < failures; i++)
        {
            trouble.Note(new InvalidOperationException("away"));
            pauses[i] = (int)trouble.NextPause().TotalMilliseconds;
        }

        return pauses;
    }

    private PollTrouble New() => new(TimeSpan.FromSeconds(1), new FakeTimeProvider(), () => _chance, NullLogger.Instance);
}
