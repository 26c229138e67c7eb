using System.Net;
using System.Text;
using Verification.Load.Results;

namespace Verification.Load.Reporting;

/// <summary>A result as one page of HTML that needs nothing else: no script, no font, no network.</summary>
internal static class Page
{
    private const string Style =
        """
        :root { color-scheme: light dark; --back: #fff; --text: #1c2024; --soft: #5b6470; --line: #d9dee4;
          --c0: #0b62c4; --c1: #c2410c; --c2: #15803d; --c3: #8b3fc4; --c4: #a16207; --c5: #be185d; }
        @media (prefers-color-scheme: dark) { :root { --back: #14171b; --text: #e4e8ec; --soft: #9aa4b0; --line: #333a42;
          --c0: #6cb0ff; --c1: #ff9a5c; --c2: #5fd08a; --c3: #cf9bff; --c4: #e6bf5a; --c5: #ff8ac0; } }
        body { background: var(--back); color: var(--text); font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 1180px; padding: 0 1rem; }
        h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2.2rem; } p, .soft { color: var(--soft); }
        table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: 13px; }
        .wide { overflow-x: auto; } th, td { padding: .25rem .6rem; text-align: right; border-bottom: 1px solid var(--line); white-space: nowrap; }
        th { color: var(--soft); font-weight: 600; } th:first-child, td:first-child, td.left, th.left { text-align: left; }
        tr.first td { border-top: 2px solid var(--line); }
        .plots { display: grid; grid-template-columns: repeat(auto-fill, minmax(340px, 1fr)); gap: 1rem; }
        svg { width: 100%; height: auto; } svg text { fill: var(--text); font: 11px system-ui, sans-serif; } svg .title { font-weight: 600; font-size: 13px; }
        svg.overview { max-width: 900px; display: block; } svg .one { stroke: var(--soft); stroke-width: 1; stroke-dasharray: 4 3; }
        svg .tick { fill: var(--soft); } svg .grid { stroke: var(--line); stroke-width: 1; }
        svg polyline { fill: none; stroke-width: 2; } svg line { stroke-width: 3; } svg circle { stroke: none; }
        """;

    /// <summary>The page.</summary>
    /// <param name="result">The result.</param>
    /// <param name="kept">The results kept, oldest first.</param>
    public static string Of(ResultFile result, IReadOnlyList<ResultFile> kept)
    {
        var page = new StringBuilder();
        page.Append("<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n")
            .Append("<title>The service beside its yardsticks</title>\n<style>\n").Append(Style).Append('\n');
        for (var colour = 0; colour < 6; colour++)
        {
            page.Append(FormattableString.Invariant($"svg .s{colour} {{ stroke: var(--c{colour}); }} svg circle.s{colour} {{ fill: var(--c{colour}); }}\n"));
        }

        page.Append("</style>\n<h1>The service beside its yardsticks</h1>\n");
        page.Append(FormattableString.Invariant(
            $"<p>Commit {Text(result.Commit)} · {result.TakenAt:yyyy-MM-dd HH:mm} UTC · {Text(result.Mode)} · {result.Machine.Cores} cores, {Text(result.Machine.Processor)} · {Text(result.Machine.Runtime)} · {Text(result.Machine.System)} · load before the run {result.Machine.BusyBefore:F2} · {result.Permits:N0} permits, {result.EventsAPermit} events a permit</p>\n"));
        page.Append("<h2>What the service costs over its yardsticks</h2>\n").Append(Headline(result)).Append(Overview.Draw(result));
        page.Append("<h2>Scenarios</h2>\n").Append(Scenarios(result));
        page.Append("<p>CPU and bytes are the server's, for a check. Ratios are the service over the yardstick, of rounds in turns, with the interval that holds the true one 95 times in 100. Latencies at a quarter of the slowest server's capacity, from the time when a call was to be sent. Cores: what the client kept busy while the capacity was measured; * where it was the limit.</p>\n");
        page.Append(Flaws(result));
        page.Append("<h2>The service over each yardstick</h2>\n").Append(Comparisons(result));
        page.Append("<h2>Latencies</h2>\n<div class=\"plots\">\n").Append(Plots.Latencies(result)).Append("</div>\n");
        if (result.Sizes.Count > 1)
        {
            page.Append("<h2>Cost against the registry's size</h2>\n<div class=\"plots\">\n").Append(Plots.Sizes(result)).Append("</div>\n");
        }

        if (kept.Count > 0)
        {
            page.Append("<h2>The course over the results kept</h2>\n<div class=\"plots\">\n").Append(Plots.Course(kept)).Append("</div>\n");
        }

        page.Append("<h2>Figures</h2>\n").Append(Rows(
            ["figure", "value", "unit", "circumstances"],
            result.Figures.Select(figure => (false, new[] { figure.Name, Table.Number(figure.Value), figure.Unit, figure.Says }))));
        return page.Append("</html>\n").ToString();
    }

    private static string Headline(ResultFile result) =>
        result.Scenarios.FirstOrDefault(scenario => scenario.Name == "memory-hit")?.Ratio() is { } hit
            ? $"<p>A check that memory answers costs <b>{Table.Text(hit.Cpu)}</b> times the processor time of the framework's bare echo, and reaches <b>{Table.Text(hit.Capacity)}</b> of its rate. The dot is the ratio, the bar the interval that holds the true one 95 times in 100.</p>\n"
            : string.Empty;

    private static string Scenarios(ResultFile result) => Rows(
        ["scenario", "c×s", "server", "checks/s", "p50 µs", "p95 µs", "p99 µs", "p99.9 µs", "CPU µs", "bytes", "cores", "service ÷ it, CPU"],
        result.Scenarios.SelectMany(scenario => scenario.Servers.Select((server, place) => (place == 0, new[]
        {
            place == 0 ? scenario.Name : string.Empty,
            place == 0 ? scenario.Shape : string.Empty,
            server.Name,
            Table.Number(server.ChecksPerSecond),
            Table.Number(server.Latency?.P50 ?? double.NaN),
            Table.Number(server.Latency?.P95 ?? double.NaN),
            Table.Number(server.Latency?.P99 ?? double.NaN),
            Table.Number(server.Latency?.P999 ?? double.NaN),
            Table.Number(server.CpuMicroseconds),
            Table.Number(server.AllocatedBytes),
            Table.Number(server.GeneratorCores) + (server.IsGeneratorBound ? "*" : string.Empty),
            place == 0 ? string.Empty : Table.Text(server.Ratio?.Cpu),
        }))));

    private static string Comparisons(ResultFile result) => Rows(
        ["scenario", "beside", "CPU", "checks/s", "p50", "p99"],
        result.Scenarios.SelectMany(scenario => scenario.Servers.Skip(1).Select((server, place) => (place == 0, new[]
        {
            place == 0 ? scenario.Name : string.Empty,
            server.Name,
            Table.Text(server.Ratio?.Cpu),
            Table.Text(server.Ratio?.Capacity),
            Table.Text(server.Ratio?.P50),
            Table.Text(server.Ratio?.P99),
        }))));

    private static string Flaws(ResultFile result)
    {
        var flaws = result.Scenarios
            .SelectMany(scenario => scenario.Servers.Where(server => server.Flaw is not null).Select(server => $"{scenario.Name}, {server.Name}: {server.Rounds} rounds count; {server.Flaw}."))
            .Concat(result.LeftOut.Select(left => $"Left out: {left}"))
            .ToArray();
        return flaws.Length == 0 ? string.Empty : $"<p>{string.Join("<br>", flaws.Select(Text))}</p>\n";
    }

    private static string Rows(string[] heads, IEnumerable<(bool IsFirst, string[] Cells)> rows)
    {
        var table = new StringBuilder("<div class=\"wide\"><table>\n<tr>");
        table.AppendJoin(string.Empty, heads.Select(head => $"<th{(IsText(head) ? " class=\"left\"" : string.Empty)}>{Text(head)}</th>")).Append("</tr>\n");
        foreach (var (isFirst, cells) in rows)
        {
            table.Append(isFirst ? "<tr class=\"first\">" : "<tr>").AppendJoin(string.Empty, cells.Select((cell, column) => $"<td{(IsText(heads[column]) ? " class=\"left\"" : string.Empty)}>{Text(cell)}</td>")).Append("</tr>\n");
        }

        return table.Append("</table></div>\n").ToString();
    }

    private static bool IsText(string head) => head is "server" or "beside" or "unit" or "circumstances";

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
