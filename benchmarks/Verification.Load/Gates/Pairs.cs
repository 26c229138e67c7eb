using Verification.Load.Measuring;
using Verification.Load.Scenarios;

namespace Verification.Load.Gates;

/// <summary>Rounds of the measured and of its yardstick; those with the same place were driven one after the other.</summary>
/// <param name="Measured">What the measured cost.</param>
/// <param name="Yardstick">What its yardstick cost.</param>
internal sealed record Pairs(IReadOnlyList<double> Measured, IReadOnlyList<double> Yardstick)
{
    /// <summary>
    /// The pair in the middle, which a few disturbed rounds do not move. The interval is by rank: it holds the true middle 95 times in 100
    /// whatever the noise looks like.
    /// </summary>
    public Ratio Ratio
    {
        get
        {
            var sorted = Measured.Zip(Yardstick, (mine, its) => mine / its).Order().ToArray();
            var reach = (int)Math.Ceiling(0.98 * Math.Sqrt(sorted.Length));
            var middle = sorted.Length / 2;
            return new Ratio(Summary.Median(sorted, ratio => ratio), sorted[Math.Max(0, middle - reach)], sorted[Math.Min(sorted.Length - 1, middle + reach)]);
        }
    }
}
