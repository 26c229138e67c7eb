using CsCheck;
using Verification.Load.Measuring;

namespace Verification.Load.Tests.Measuring;

public sealed class RatioTests
{
    private static readonly Gen<double[]> Times = Gen.Double[1, 100].Array[6];

    [Fact]
    public void OfPairs_OfASeriesAndItsDouble_IsTwoWithoutDoubt()
    {
        var ratio = Ratio.OfPairs([20, 60, 24], [10, 30, 12]);

        Assert.Equal(2, ratio.Value, 9);
        Assert.Equal(2, ratio.Low, 9);
        Assert.Equal(2, ratio.High, 9);
    }

    /// <summary>Three pairs whose logarithms are 0, 0.1 and 0.2: mean 0.1, and 4.303 standard errors of 0.1/√3 to either side.</summary>
    [Fact]
    public void OfPairs_OfThreePairs_HasStudentsInterval()
    {
        var ratio = Ratio.OfPairs([1, Math.Exp(0.1), Math.Exp(0.2)], [1, 1, 1]);

        Assert.Equal(Math.Exp(0.1), ratio.Value, 9);
        Assert.Equal(Math.Exp(0.1 - (4.303 * 0.1 / Math.Sqrt(3))), ratio.Low, 9);
        Assert.Equal(Math.Exp(0.1 + (4.303 * 0.1 / Math.Sqrt(3))), ratio.High, 9);
    }

    [Fact]
    public void OfPairs_TheOtherWayRound_IsTheInverse() => Gen.Select(Times, Times).Sample((mine, its) =>
    {
        var (ratio, inverse) = (Ratio.OfPairs(mine, its), Ratio.OfPairs(its, mine));

        Assert.Equal(1, ratio.Value * inverse.Value, 9);
        Assert.Equal(1, ratio.Low * inverse.High, 9);
    });

    /// <summary>A machine that is slow for a round is slow for both servers of it.</summary>
    [Fact]
    public void OfPairs_WhereBothSlowDownTogether_IsTheSame() => Gen.Select(Times, Times, Times).Sample((mine, its, slowness) =>
    {
        var quiet = Ratio.OfPairs(mine, its);
        var busy = Ratio.OfPairs([.. mine.Zip(slowness, (time, by) => time * by)], [.. its.Zip(slowness, (time, by) => time * by)]);

        Assert.Equal(quiet.Value, busy.Value, 6);
        Assert.Equal(quiet.High, busy.High, 6);
    });

    /// <summary>The interval is what it says: of a thousand made from noise around 1.3, some 950 hold 1.3.</summary>
    [Fact]
    public void OfPairs_OfNoise_HoldsTheTruthInNineteenOfTwenty()
    {
        var random = new Random(4711);
        double Noise() => Math.Exp((random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5) * 0.2);
        var held = Enumerable.Range(0, 1_000).Count(_ => Ratio.OfPairs(
            [.. Enumerable.Range(0, 6).Select(_ => 1.3 * Noise())], [.. Enumerable.Range(0, 6).Select(_ => Noise())]).Covers(1.3));

        Assert.InRange(held, 930, 970);
    }

    [Fact]
    public void OfPairs_OfOnePairOrUnevenSeries_Throws()
    {
        Assert.Throws<ArgumentException>(() => Ratio.OfPairs([1], [1]));
        Assert.Throws<ArgumentException>(() => Ratio.OfPairs([1, 2], [1, 2, 3]));
    }
}
