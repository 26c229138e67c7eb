using nietras.SeparatedValues;

namespace Verification.Cli.Rounds;

/// <summary>
/// CSV as Excel writes it: the first row names the columns, which are separated by commas, semicolons or tabs; cells may be quoted and
/// then hold separators and line ends; rows may have fewer cells than the first.
/// </summary>
internal sealed class TableRows : IRows
{
    private const int Absent = -1;

    private static readonly SepReaderOptions Form = Sep.Auto.Reader() with { HasHeader = false, DisableColCountCheck = true, Unescape = true };

    private readonly SepReader _rows;
    private readonly int[] _places = new int[Enum.GetValues<Field>().Length];

    /// <summary>Reads the first row and finds the columns in it.</summary>
    /// <exception cref="RoundException">A column is not there, or there twice.</exception>
    public TableRows(TextReader text, ColumnNames names)
    {
        _rows = Form.From(text);
        string[] header = MoveNext() ? [.. Cells()] : [];
        foreach (var field in Enum.GetValues<Field>())
            _places[(int)field] = names[field] is { } name ? Find(header, name) : Absent;
    }

    public ReadOnlySpan<char> this[Field field] =>
        _places[(int)field] is var place && place != Absent && place < _rows.Current.ColCount ? _rows.Current[place].Span : default;

    public bool MoveNext()
    {
        try
        {
            if (!_rows.MoveNext())
                return false;
        }
        catch (NotSupportedException)
        {
            // The library's word for a row that never ends.
            throw Unclosed();
        }
        var row = _rows.Current;
        return row.LineNumberToExcl - row.LineNumberFrom <= 1 || row.Span.Count('"') % 2 == 0 ? true : throw Unclosed();
    }

    public void Dispose() => _rows.Dispose();

    private static RoundException Unclosed() => new(Say("FILE has a quotation mark that is never closed, so nobody can tell its rows apart", "FILE 中有未闭合的引号，无法分辨各行"));

    // What stands in the first row may be anything, where there are no names: it is not repeated.
    private static int Find(string[] header, string name) => header.Count(cell => cell.Equals(name, StringComparison.OrdinalIgnoreCase)) switch
    {
        1 => Array.FindIndex(header, cell => cell.Equals(name, StringComparison.OrdinalIgnoreCase)),
        0 => throw new RoundException(Say(
            FormattableString.Invariant($"FILE has no column of a name that an option gives, or '{ColumnNames.DefaultNumber}'; its first row, which names them, has {header.Length}"),
            FormattableString.Invariant($"FILE 没有选项指定的列或 '{ColumnNames.DefaultNumber}' 列；首行列名共 {header.Length} 个"))),
        _ => throw new RoundException(Say("FILE has two columns of a name that an option gives", "FILE 有两列与选项指定的名称相同")),
    };

    private List<string> Cells()
    {
        var cells = new List<string>();
        for (var place = 0; place < _rows.Current.ColCount; place++)
            cells.Add(_rows.Current[place].Span.Trim().ToString());
        return cells;
    }
}
