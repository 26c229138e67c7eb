namespace Verification.Load.Reporting;

/// <summary>An axis of a plot.</summary>
/// <param name="Title">What it shows, with the unit.</param>
/// <param name="Low">The value at its beginning.</param>
/// <param name="High">The value at its end.</param>
/// <param name="IsLogarithmic">Whether tenfold is as far everywhere.</param>
/// <param name="Ticks">The values that are marked, and how.</param>
internal sealed record Axis(string Title, double Low, double High, bool IsLogarithmic, IReadOnlyList<(double At, string Text)> Ticks)
{
    /// <summary>An axis of tenfold steps around values above 0.</summary>
    public static Axis Logarithmic(string title, IEnumerable<double> values)
    {
        var all = values.ToArray();
        var (low, high) = (Math.Floor(Math.Log10(all.Min())), Math.Ceiling(Math.Log10(all.Max())));
        var steps = Enumerable.Range((int)low, (int)Math.Max(1, high - low) + 1).Select(power => Math.Pow(10, power)).ToArray();
        return new Axis(title, steps[0], steps[^1], true, [.. steps.Select(step => (step, Table.Number(step)))]);
    }

    /// <summary>An axis from 0 to beyond the values.</summary>
    public static Axis FromZero(string title, IEnumerable<double> values)
    {
        var most = values.DefaultIfEmpty(1).Max();
        var step = Math.Pow(10, Math.Floor(Math.Log10(most)));
        step = most / step < 2 ? step / 4 : most / step < 5 ? step / 2 : step;
        var count = (int)Math.Ceiling(most * 1.05 / step);
        return new Axis(title, 0, count * step, false, [.. Enumerable.Range(0, count + 1).Select(at => (at * step, Table.Number(at * step)))]);
    }

    /// <summary>Where a value lies, 0 at the beginning and 1 at the end.</summary>
    public double Place(double value) => IsLogarithmic
        ? (Math.Log(value) - Math.Log(Low)) / (Math.Log(High) - Math.Log(Low))
        : (value - Low) / (High - Low);
}
