using HdrHistogram;

namespace Verification.Load.Results;

/// <summary>How long answers took at a fixed rate, in microseconds from the time when a call was to be sent.</summary>
/// <param name="RatePerSecond">Calls a second.</param>
/// <param name="P50">The median.</param>
/// <param name="P95">95 in 100 were faster.</param>
/// <param name="P99">99 in 100.</param>
/// <param name="P999">999 in 1,000.</param>
/// <param name="Longest">The slowest.</param>
/// <param name="SendLagP99">How late the client itself was in sending, 99 in 100: what of the latency is its own.</param>
/// <param name="Curve">The distribution, for a plot.</param>
internal sealed record LatencyResult(
    double RatePerSecond, double P50, double P95, double P99, double P999, double Longest, double SendLagP99, IReadOnlyList<CurvePoint> Curve)
{
    private static readonly double[] Percentiles =
        [1, 5, 10, 20, 30, 40, 50, 60, 70, 75, 80, 85, 90, 92.5, 95, 97, 98, 99, 99.3, 99.5, 99.7, 99.8, 99.9, 99.95, 99.97, 99.99];

    /// <summary>Reads histograms of nanoseconds.</summary>
    public static LatencyResult Of(double ratePerSecond, HistogramBase latencies, HistogramBase sendLag) => new(
        ratePerSecond,
        At(latencies, 50),
        At(latencies, 95),
        At(latencies, 99),
        At(latencies, 99.9),
        At(latencies, 100),
        At(sendLag, 99),
        [.. Percentiles.Select(percentile => new CurvePoint(percentile, At(latencies, percentile)))]);

    private static double At(HistogramBase histogram, double percentile) =>
        Math.Round(histogram.GetValueAtPercentile(percentile) / 1_000.0, 1);
}
