using System.Text;
using CsCheck;
using Verification.Server.Registration.Import;

namespace Verification.Server.Tests.Registration.Import;

public sealed class LineSplitterTests
{
    private const string Mark = "\uFEFF";

    [Theory]
    [InlineData("", "")]
    [InlineData(Mark, "")]
    [InlineData("a", "1a")]
    [InlineData("a\n", "1a")]
    [InlineData("a\r\nb\r\r\n", "1a|2b\r")]
    [InlineData("\n\r\nx\r", "1|2|3x\r")]
    [InlineData(Mark + "a\n" + Mark + "b\n", "1a|2" + Mark + "b")]
    [InlineData(Mark + "\n \n", "1|2 ")]
    public void TryRead_AnyCut_GivesTheSameLines(string file, string expected)
    {
        var bytes = Encoding.UTF8.GetBytes(file);
        for (var size = 1; size <= bytes.Length + 1; size++)
        {
            Assert.Equal(expected, Split(bytes.Chunk(size)));
        }
    }

    [Theory]
    [InlineData(0, "", false)]
    [InlineData(0, "\r", false)]
    [InlineData(1, "", true)]
    [InlineData(1, "\r", true)]
    [InlineData(9_000_000, "", true)]
    public void TryRead_LongLine_IsTooLongBeyondOneMebibyte(int excess, string beforeLineFeed, bool isTooLong)
    {
        var text = Mark + new string('x', LineSplitter.MaxLineLength + excess) + beforeLineFeed + "\ny\n";
        var bytes = Encoding.UTF8.GetBytes(text);

        foreach (var size in (int[])[bytes.Length, 65_536, 1_048_577])
        {
            var lines = Split(bytes.Chunk(size)).Split('|');
            Assert.Equal("2y", lines[1]);
            Assert.Equal(isTooLong, lines[0] == "1(too long)");
        }
    }

    [Fact]
    public void TryRead_RandomFiles_DoNotDependOnTheCut() =>
        Gen.Select(Gen.Int[0, 5].Select(i => "\n\ra"u8.ToArray().Concat<byte>([0xEF, 0xBB, 0xBF]).ElementAt(i)).Array[0, 40], Gen.Int[1, 7])
            .Sample((bytes, size) => Split([bytes]) == Split(bytes.Chunk(size)));

    private static string Split(IEnumerable<byte[]> pieces)
    {
        using var splitter = new LineSplitter();
        var lines = new List<string>();
        foreach (var piece in pieces)
        {
            ReadOnlySpan<byte> rest = piece;
            while (splitter.TryRead(ref rest, out var line, out var isTooLong))
            {
                lines.Add(Describe(splitter.Lines, line, isTooLong));
            }
        }

        if (splitter.TryFinish(out var last, out var lastIsTooLong))
        {
            lines.Add(Describe(splitter.Lines, last, lastIsTooLong));
        }

        return string.Join('|', lines);
    }

    private static string Describe(long number, ReadOnlySpan<byte> line, bool isTooLong) =>
        $"{number}{(isTooLong ? "(too long)" : Encoding.UTF8.GetString(line))}";
}
