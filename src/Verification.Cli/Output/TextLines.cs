using System.Globalization;
using Spectre.Console.Rendering;

namespace Verification.Cli.Output;

/// <summary>Breaks text into lines of a terminal. Chinese characters take two columns and may part anywhere.</summary>
internal static class TextLines
{
    /// <summary>How many columns the text takes.</summary>
    public static int Width(string text) => new Segment(text).CellCount();

    /// <summary>
    /// Lines of at most so many columns, at least one; only blanks at the breaks are left out. A character that is wider than the
    /// whole line has a line to itself: every line takes at least one, so there is an end at any width.
    /// </summary>
    public static IEnumerable<string> Of(string text, int width)
    {
        var start = 0;
        do
        {
            var end = EndOfLine(text, start, width);
            yield return text[start..end].TrimEnd(' ');
            for (start = end; start < text.Length && text[start] == ' ';)
                start++;
        }
        while (start < text.Length);
    }

    private static int EndOfLine(string text, int start, int width)
    {
        var (end, used) = (start, 0);
        // Where the line may end without parting a word.
        var word = start;
        while (end < text.Length)
        {
            var next = end + StringInfo.GetNextTextElementLength(text, end);
            var columns = Width(text[end..next]);
            if (columns > 1 || text[end] == ' ')
                word = end;
            if (used + columns > width && end > start)
                return word > start ? word : end;
            (end, used) = (next, used + columns);
            if (columns > 1 || text[end - 1] == ' ')
                word = end;
        }
        return end;
    }
}
