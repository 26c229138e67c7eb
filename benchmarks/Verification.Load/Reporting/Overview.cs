using System.Globalization;
using System.Net;
using System.Text;
using Verification.Load.Results;

namespace Verification.Load.Reporting;

/// <summary>All scenarios at a glance: the service's processor time over its first yardstick's, each with its interval, as SVG.</summary>
internal static class Overview
{
    private const int Width = 900;
    private const int Left = 150;
    private const int Right = 130;
    private const int Top = 24;
    private const int Line = 22;

    private static readonly double[] Marks = [0.25, 0.5, 1, 2, 4, 8, 16];

    /// <summary>Draws it; nothing where there is no ratio.</summary>
    public static string Draw(ResultFile result)
    {
        var rows = result.Scenarios.Where(scenario => scenario.Ratio() is not null)
            .Select(scenario => (Name: $"{scenario.Name} ÷ {scenario.Servers[1].Name}", Ratio: scenario.Ratio()!.Cpu)).ToArray();
        if (rows.Length == 0)
        {
            return string.Empty;
        }

        var bottom = Top + (rows.Length * Line);
        var svg = new StringBuilder();
        Add(svg, $"<svg class=\"overview\" viewBox=\"0 0 {Width} {bottom + 8}\" role=\"img\" aria-label=\"Processor time of the service over its yardsticks\">");
        foreach (var mark in Marks)
        {
            Add(svg, $"<line class=\"{(mark == 1 ? "one" : "grid")}\" x1=\"{X(mark)}\" x2=\"{X(mark)}\" y1=\"{Top - 4}\" y2=\"{bottom}\"/>");
            Add(svg, $"<text class=\"tick\" text-anchor=\"middle\" x=\"{X(mark)}\" y=\"{Top - 10}\">{mark} ×</text>");
        }

        for (var row = 0; row < rows.Length; row++)
        {
            var (name, ratio) = rows[row];
            var y = Top + (row * Line) + (Line / 2);
            Add(svg, $"<text text-anchor=\"end\" x=\"{Left - 10}\" y=\"{y + 4}\">{WebUtility.HtmlEncode(name)}</text>");
            Add(svg, $"<line class=\"s0\" x1=\"{X(ratio.Low)}\" x2=\"{X(ratio.High)}\" y1=\"{y}\" y2=\"{y}\"/>");
            Add(svg, $"<circle class=\"s0\" cx=\"{X(ratio.Value)}\" cy=\"{y}\" r=\"4.5\"/>");
            Add(svg, $"<text class=\"tick\" x=\"{Width - Right + 12}\" y=\"{y + 4}\">{Table.Text(ratio)}</text>");
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static double X(double ratio)
    {
        var place = Math.Log(Math.Clamp(ratio, Marks[0], Marks[^1]) / Marks[0]) / Math.Log(Marks[^1] / Marks[0]);
        return Math.Round(Left + (place * (Width - Left - Right)), 1);
    }

    private static void Add(StringBuilder svg, FormattableString text) => svg.Append(text.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
