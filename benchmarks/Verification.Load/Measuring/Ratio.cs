namespace Verification.Load.Measuring;

/// <summary>How many times as much as a yardstick, with the interval that holds the true ratio 95 times in 100.</summary>
/// <param name="Value">The ratio.</param>
/// <param name="Low">The interval's lower end.</param>
/// <param name="High">Its upper end.</param>
internal sealed record Ratio(double Value, double Low, double High)
{
    // Student's t, two-sided 95 %, by degrees of freedom from 1.
    private static readonly double[] Student =
        [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086];

    /// <summary>
    /// The ratio of two series measured in turns, pair by pair, so that what slows the machine down for a while counts on both sides. The mean is
    /// taken of the logarithms: twice as much and half as much cancel out.
    /// </summary>
    /// <exception cref="ArgumentException">The series differ in length, or there are fewer than two pairs.</exception>
    public static Ratio OfPairs(IReadOnlyList<double> measured, IReadOnlyList<double> yardstick)
    {
        if (measured.Count != yardstick.Count || measured.Count < 2)
        {
            throw new ArgumentException("A ratio needs two pairs or more.", nameof(measured));
        }

        var logs = measured.Zip(yardstick, (mine, its) => Math.Log(mine / its)).ToArray();
        var mean = logs.Average();
        var variance = logs.Sum(log => (log - mean) * (log - mean)) / (logs.Length - 1);
        var reach = Student[Math.Min(logs.Length - 1, Student.Length) - 1] * Math.Sqrt(variance / logs.Length);
        return new Ratio(Math.Exp(mean), Math.Exp(mean - reach), Math.Exp(mean + reach));
    }

    /// <summary>Whether a ratio lies within the interval.</summary>
    public bool Covers(double ratio) => ratio >= Low && ratio <= High;
}
