namespace Verification.Load.Reporting;

/// <summary>A line of a plot.</summary>
/// <param name="Name">What it shows.</param>
/// <param name="Points">Its points, in the order of the horizontal axis.</param>
internal sealed record Series(string Name, IReadOnlyList<(double X, double Y)> Points);
