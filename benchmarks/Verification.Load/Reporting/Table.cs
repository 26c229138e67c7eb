using System.Globalization;
using Verification.Load.Measuring;
using Verification.Load.Results;

namespace Verification.Load.Reporting;

/// <summary>A result as a table of text.</summary>
internal static class Table
{
    private const double MostTold = 10;

    private static readonly string[] Heads =
        ["scenario", "c×s", "server", "checks/s", "p50 µs", "p95 µs", "p99 µs", "p99.9 µs", "CPU µs/check", "B/check", "generator", "service ÷ it, CPU"];

    /// <summary>Writes the table, and what is to be said beside it.</summary>
    public static void Write(TextWriter to, ResultFile result)
    {
        var rows = result.Scenarios.SelectMany(scenario => scenario.Servers.Select((server, place) => Row(scenario, server, place == 0))).ToArray();
        WriteRows(to, Heads, rows);
        to.WriteLine();
        to.WriteLine($"Registry: {result.Permits:N0} permits, {result.EventsAPermit} events a permit. Latencies at a quarter of the slowest server's capacity, from the intended send time.");
        to.WriteLine("CPU is the server's. generator: cores that the client kept busy; * where it was the limit. † by the own client, otherwise h2load.");
        var shares = result.Scenarios.SelectMany(scenario => scenario.Servers).Where(server => server.Rounds > 0).Select(server => Math.Abs(server.SystemCpuShare - 1)).ToArray();
        to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"The servers' own counts of processor time and the system's differ by {100 * shares.DefaultIfEmpty().Max():F1} % at most."));
        foreach (var (scenario, server) in result.Scenarios.SelectMany(scenario => scenario.Servers.Select(server => (scenario, server))).Where(it => it.server.Flaw is not null))
        {
            to.WriteLine($"! {scenario.Name}, {server.Name}: {server.Rounds} rounds count; {server.Flaw}.");
        }

        foreach (var left in result.LeftOut)
        {
            to.WriteLine($"! Left out: {left}");
        }

        to.WriteLine();
        WriteRows(to, ["figure", "value", "unit", ""], [.. result.Figures.Select(figure => new[] { figure.Name, Number(figure.Value), figure.Unit, figure.Says })]);
        if (result.Sizes.Count > 0)
        {
            to.WriteLine();
            WriteRows(
                to,
                ["permits in memory", "CPU µs/check", "service ÷ echo, CPU", "B/permit"],
                [.. result.Sizes.Select(size => new[] { size.Permits.ToString("N0", CultureInfo.InvariantCulture), Number(size.CpuMicroseconds), Text(size.OverEcho), Number(size.BytesAPermit) })]);
        }
    }

    /// <summary>A ratio with its interval, where that says anything: few rounds on a busy machine can leave one of any width.</summary>
    public static string Text(Ratio? ratio) =>
        ratio is null ? "–"
        : ratio.High > ratio.Value * MostTold ? string.Create(CultureInfo.InvariantCulture, $"{ratio.Value:F2} [unsure]")
        : string.Create(CultureInfo.InvariantCulture, $"{ratio.Value:F2} [{ratio.Low:F2}, {ratio.High:F2}]");

    /// <summary>A figure, to three or more digits.</summary>
    public static string Number(double value) =>
        double.IsNaN(value) ? "–"
        : value.ToString(Math.Abs(value) >= 1_000 ? "N0" : Math.Abs(value) >= 100 ? "F0" : Math.Abs(value) >= 10 ? "F1" : "F2", CultureInfo.InvariantCulture);

    private static string[] Row(ScenarioResult scenario, ServerResult server, bool isFirst) =>
    [
        isFirst ? scenario.Name + (scenario.Driver == "h2load" ? string.Empty : "†") : string.Empty,
        isFirst ? scenario.Shape : string.Empty,
        server.Name,
        Number(server.ChecksPerSecond),
        Number(server.Latency?.P50 ?? double.NaN),
        Number(server.Latency?.P95 ?? double.NaN),
        Number(server.Latency?.P99 ?? double.NaN),
        Number(server.Latency?.P999 ?? double.NaN),
        Number(server.CpuMicroseconds),
        Number(server.AllocatedBytes),
        Number(server.GeneratorCores) + (server.IsGeneratorBound ? "*" : string.Empty),
        server.Ratio is null ? string.Empty : Text(server.Ratio.Cpu),
    ];

    /// <summary>Writes rows in columns; the first to the left, the others to the right but for the last.</summary>
    public static void WriteRows(TextWriter to, string[] heads, string[][] rows)
    {
        var widths = heads.Select((head, column) => rows.Select(row => row[column].Length).Append(head.Length).Max()).ToArray();
        foreach (var row in rows.Prepend(heads))
        {
            to.WriteLine(string.Join("  ", row.Select((cell, column) =>
                column == 0 || column == row.Length - 1 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]))).TrimEnd());
        }
    }
}
