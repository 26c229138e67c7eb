namespace Verification.Load.Results;

/// <summary>A point of a distribution.</summary>
/// <param name="Percentile">So many in a hundred were not slower, 0 to 100.</param>
/// <param name="Microseconds">The latency.</param>
internal sealed record CurvePoint(double Percentile, double Microseconds);
