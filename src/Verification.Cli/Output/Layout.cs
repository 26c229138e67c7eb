using Spectre.Console;
using Spectre.Console.Rendering;
using Verification.Cli.Input;

namespace Verification.Cli.Output;

/// <summary>Aligned text. Chinese characters take two columns; Spectre counts them so.</summary>
internal static class Layout
{
    public static IRenderable Plain(string text) => new Text(Printable.Of(text));

    public static IRenderable Bold(string text) => new Text(Printable.Of(text), new Style(decoration: Decoration.Bold));

    public static IRenderable Dim(string text) => new Text(Printable.Of(text), new Style(decoration: Decoration.Dim));

    public static IRenderable Coloured(string text, Color color) => new Text(Printable.Of(text), new Style(color));

    /// <summary>A table without lines, its headers dim. On a narrow terminal only the columns marked with … break.</summary>
    public static Table Table(params string[] headers)
    {
        var table = new Table { Border = TableBorder.None };
        foreach (var header in headers)
        {
            table.AddColumn(new TableColumn(Dim(header.TrimEnd('…')))
            {
                Padding = new Padding(0, 0, 3, 0),
                NoWrap = !header.EndsWith('…'),
            });
        }
        return table;
    }

    /// <summary>Names on the left, values on the right.</summary>
    public static Table Facts()
    {
        var table = Table("", "…");
        table.ShowHeaders = false;
        return table;
    }

    public static void Fact(this Table table, string name, string value) => table.AddRow(Dim(name), Plain(value));
}
