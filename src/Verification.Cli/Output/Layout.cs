using Spectre.Console;
using Verification.Cli.Input;

namespace Verification.Cli.Output;

/// <summary>How the views look.</summary>
internal static class Layout
{
    public static Cell Plain(string text) => new(Shown(text), Style.Plain);

    public static Cell Bold(string text) => new(Shown(text), new Style(decoration: Decoration.Bold));

    public static Cell Dim(string text) => new(Shown(text), new Style(decoration: Decoration.Dim));

    public static Cell Coloured(string text, Color color) => new(Shown(text), new Style(color));

    /// <summary>Names on the left, values on the right.</summary>
    public static Grid Facts() => new(new Column(""), new Column("", Breaks: true));

    public static void Fact(this Grid facts, string name, string value) => facts.AddRow(Dim(name), Plain(value));

    /// <summary>Writes a sentence, dim.</summary>
    public static void WriteNote(this IAnsiConsole console, string text)
    {
        var note = new Grid(new Column("", Breaks: true));
        note.AddRow(Dim(text));
        console.Write(note);
    }

    /// <summary>No text from elsewhere moves the cursor, or tells who somebody is.</summary>
    private static string Shown(string text) => IdentityNumber.Hide(Printable.Of(text));
}
