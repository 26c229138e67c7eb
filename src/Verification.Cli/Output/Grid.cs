using Spectre.Console;
using Spectre.Console.Rendering;

namespace Verification.Cli.Output;

/// <summary>
/// Texts in columns, side by side where the terminal is wide enough and else one under another. It stands in for the console
/// library's own tables and texts: these drop what does not fit, and never end on some widths where characters take two columns.
/// </summary>
internal sealed class Grid(params Column[] columns) : Renderable
{
    private const int Gap = 3;

    /// <summary>A column that breaks does not get narrower than this.</summary>
    private const int Narrowest = 20;

    private static readonly Style Dim = new(decoration: Decoration.Dim);

    private readonly List<Cell[]> _rows = [];

    public void AddRow(params Cell[] cells) => _rows.Add(cells);

    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        Cell[][] rows = HasHeaders ? [[.. columns.Select(column => new Cell(column.Header, Dim))], .. _rows] : [.. _rows];
        int[] widths = [.. columns.Select((_, index) => rows.Max(row => TextLines.Width(row[index].Text)))];
        return Fit(widths, maxWidth) ? rows.SelectMany(row => SideBySide(row, widths)) : OneUnderAnother(maxWidth);
    }

    private bool HasHeaders => columns.Any(column => column.Header.Length > 0);

    /// <summary>Takes from the widest column that breaks until all fit; false where that is not enough.</summary>
    private bool Fit(int[] widths, int maxWidth)
    {
        for (var over = widths.Sum() + Gap * (widths.Length - 1) - maxWidth; over > 0; over--)
        {
            var widest = Enumerable.Range(0, widths.Length).MaxBy(index => columns[index].Breaks ? widths[index] : 0);
            if (!columns[widest].Breaks || widths[widest] <= Narrowest)
                return false;
            widths[widest]--;
        }
        return true;
    }

    private IEnumerable<Segment> SideBySide(Cell[] row, int[] widths)
    {
        var lines = row.Select((cell, index) => TextLines.Of(cell.Text, widths[index]).ToArray()).ToArray();
        for (var line = 0; line < lines.Max(texts => texts.Length); line++)
        {
            var (written, column) = (0, 0);
            foreach (var (index, cell) in row.Index())
            {
                var text = line < lines[index].Length ? lines[index][line] : "";
                var at = column + (columns[index].IsNumber ? widths[index] - TextLines.Width(text) : 0);
                // Nothing follows the last text of a line, blanks neither.
                if (text.Length > 0)
                {
                    yield return Segment.Padding(at - written);
                    yield return new Segment(text, cell.Style);
                    written = at + TextLines.Width(text);
                }
                column += widths[index] + Gap;
            }
            yield return Segment.LineBreak;
        }
    }

    private IEnumerable<Segment> OneUnderAnother(int width)
    {
        foreach (var (number, row) in _rows.Index())
        {
            if (number > 0 && HasHeaders)
                yield return Segment.LineBreak;
            foreach (var (column, cell) in columns.Zip(row).Where(pair => pair.Second.Text.Length > 0))
            {
                foreach (var line in TextLines.Of(column.Header.Length > 0 ? $"{column.Header}: {cell.Text}" : cell.Text, width))
                {
                    yield return new Segment(line, cell.Style);
                    yield return Segment.LineBreak;
                }
            }
        }
    }
}
