using System.Globalization;
using System.Net;
using System.Text;

namespace Verification.Load.Reporting;

/// <summary>Lines in two axes, as SVG; the colours are the page's.</summary>
internal static class Plot
{
    private const int Width = 460;
    private const int Height = 280;
    private const int Left = 68;
    private const int Right = 26;
    private const int Top = 34;
    private const int Bottom = 44;
    private const int LegendLine = 15;

    /// <summary>Draws it.</summary>
    public static string Draw(string title, Axis across, Axis up, IReadOnlyList<Series> lines)
    {
        var svg = new StringBuilder();
        var height = Height + (((lines.Count + 2) / 3) * LegendLine);
        Add(svg, $"<svg viewBox=\"0 0 {Width} {height}\" role=\"img\" aria-label=\"{Escape(title)}\">");
        Add(svg, $"<text class=\"title\" x=\"{Left}\" y=\"18\">{Escape(title)}</text>");
        foreach (var (at, text) in up.Ticks)
        {
            var y = Y(up, at);
            Add(svg, $"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{y}\" y2=\"{y}\"/>");
            Add(svg, $"<text class=\"tick\" text-anchor=\"end\" x=\"{Left - 6}\" y=\"{y + 4}\">{Escape(text)}</text>");
        }

        foreach (var (at, text) in across.Ticks)
        {
            var x = X(across, at);
            Add(svg, $"<line class=\"grid\" y1=\"{Top}\" y2=\"{Height - Bottom}\" x1=\"{x}\" x2=\"{x}\"/>");
            Add(svg, $"<text class=\"tick\" text-anchor=\"middle\" x=\"{x}\" y=\"{Height - Bottom + 15}\">{Escape(text)}</text>");
        }

        Add(svg, $"<text class=\"tick\" text-anchor=\"middle\" x=\"{(Left + Width - Right) / 2}\" y=\"{Height - 10}\">{Escape(across.Title)}</text>");
        Add(svg, $"<text class=\"tick\" text-anchor=\"middle\" transform=\"translate(12 {(Top + Height - Bottom) / 2}) rotate(-90)\">{Escape(up.Title)}</text>");
        for (var i = 0; i < lines.Count; i++)
        {
            Line(svg, across, up, lines[i], i);
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static void Line(StringBuilder svg, Axis across, Axis up, Series line, int index)
    {
        var points = line.Points.Select(point => (X: X(across, point.X), Y: Y(up, point.Y))).ToArray();
        Add(svg, $"<polyline class=\"s{index % 6}\" points=\"{string.Join(' ', points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{point.X},{point.Y}")))}\"/>");
        if (points.Length <= 12)
        {
            foreach (var (x, y) in points)
            {
                Add(svg, $"<circle class=\"s{index % 6}\" cx=\"{x}\" cy=\"{y}\" r=\"3\"/>");
            }
        }

        var (column, row) = (index % 3, index / 3);
        var (legendX, legendY) = (Left + (column * 135), Height + 4 + (row * LegendLine));
        Add(svg, $"<line class=\"s{index % 6}\" x1=\"{legendX}\" x2=\"{legendX + 18}\" y1=\"{legendY}\" y2=\"{legendY}\"/>");
        Add(svg, $"<text class=\"tick\" x=\"{legendX + 24}\" y=\"{legendY + 4}\">{Escape(line.Name)}</text>");
    }

    private static double X(Axis axis, double value) =>
        Math.Round(Left + (Math.Clamp(axis.Place(value), 0, 1) * (Width - Left - Right)), 1);

    private static double Y(Axis axis, double value) =>
        Math.Round(Height - Bottom - (Math.Clamp(axis.Place(value), 0, 1) * (Height - Bottom - Top)), 1);

    private static void Add(StringBuilder svg, FormattableString text) => svg.Append(FormattableString.Invariant(text)).Append('\n');

    private static string Escape(string text) => WebUtility.HtmlEncode(text);
}
