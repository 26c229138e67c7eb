using System.Globalization;
using System.Text;
using Verification.Load.Results;

namespace Verification.Load.Reporting;

/// <summary>The plots of a result.</summary>
internal static class Plots
{
    /// <summary>The distribution of latencies, a plot for each scenario.</summary>
    public static string Latencies(ResultFile result)
    {
        var plots = new StringBuilder();
        foreach (var scenario in result.Scenarios)
        {
            var lines = scenario.Servers
                .Where(server => server.Latency is not null)
                .Select(server => new Series(server.Name, [.. server.Latency!.Curve.Select(point => (Rarity(point.Percentile), Math.Max(1, point.Microseconds)))]))
                .ToArray();
            if (lines.Length == 0)
            {
                continue;
            }

            var rate = Table.Number(scenario.Servers[0].Latency!.RatePerSecond);
            plots.Append(Plot.Draw(
                $"{scenario.Name} at {rate} calls/s",
                new Axis("so many were faster", 1, 10_000, true, [(2, "50 %"), (10, "90 %"), (100, "99 %"), (1_000, "99.9 %"), (10_000, "99.99 %")]),
                Axis.Logarithmic("µs", lines.SelectMany(line => line.Points).Select(point => point.Y)),
                lines));
        }

        return plots.ToString();

        // One in so many was slower.
        static double Rarity(double percentile) => 100 / (100 - percentile);
    }

    /// <summary>Cost and memory against the registry's size.</summary>
    public static string Sizes(ResultFile result)
    {
        if (result.Sizes.Count < 2)
        {
            return string.Empty;
        }

        var across = Axis.Logarithmic("permits in memory", result.Sizes.Select(size => (double)size.Permits));
        return One("µs/check", size => size.CpuMicroseconds, "processor time of a hit")
            + One("service ÷ echo", size => size.OverEcho.Value, "processor time over the echo's")
            + One("bytes/permit", size => size.BytesAPermit, string.Create(CultureInfo.InvariantCulture, $"heap a permit, {result.EventsAPermit} events a permit"));

        string One(string unit, Func<SizeResult, double> value, string title)
        {
            Series[] lines = [new("service", [.. result.Sizes.Select(size => ((double)size.Permits, value(size)))])];
            return Plot.Draw(title, across, Axis.FromZero(unit, lines[0].Points.Select(point => point.Y)), lines);
        }
    }

    /// <summary>How the ratios went over the results kept.</summary>
    public static string Course(IReadOnlyList<ResultFile> kept)
    {
        if (kept.Count == 0)
        {
            return string.Empty;
        }

        var across = new Axis("results kept, by commit", 0, Math.Max(1, kept.Count - 1), false, [.. kept.Select((result, place) => ((double)place, result.Commit[..Math.Min(7, result.Commit.Length)]))]);
        var plots = new StringBuilder();
        foreach (var group in kept[^1].Scenarios.Chunk(6))
        {
            var lines = group.Select(scenario => new Series(scenario.Name, [.. Points(scenario.Name)])).Where(line => line.Points.Count > 0).ToArray();
            plots.Append(Plot.Draw(
                "service ÷ first yardstick, processor time", across, Axis.FromZero("ratio", lines.SelectMany(line => line.Points).Select(point => point.Y)), lines));
        }

        return plots.ToString();

        IEnumerable<(double, double)> Points(string name) =>
            from it in kept.Select((result, place) => (result, place))
            let ratio = it.result.Scenarios.FirstOrDefault(scenario => scenario.Name == name)?.Ratio()?.Cpu
            where ratio is not null
            select ((double)it.place, ratio.Value);
    }
}
