using System.Text;
using Verification.Cli.Shell;

namespace Verification.Cli.Rounds;

/// <summary>The encodings that an input may have, told by whether its bytes are text in them. Nothing is guessed from what it says.</summary>
internal static class TextForm
{
    /// <summary>What a file must be, for a message.</summary>
    public static string Expected => Say("numbers come as text or CSV in UTF-8 or GB 18030 (in Excel: save as CSV)", "号码文件应为 UTF-8 或 GB 18030 的文本或 CSV（Excel 请另存为 CSV）");

    private const int ChunkBytes = 64 * 1024;

    private static readonly Encoding Utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    // GB 18030 holds GBK and GB 2312, which older Excel writes.
    private static readonly Encoding Gb18030 = CodePagesEncodingProvider.Instance.GetEncoding(
        "GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;

    /// <summary>The one that nothing is said about.</summary>
    public static Encoding Default => Utf8;

    /// <summary>The names that the command line takes.</summary>
    public static IReadOnlyList<string> Names { get; } = [NameOf(Utf8), NameOf(Gb18030)];

    public static string NameOf(Encoding encoding) => encoding.WebName.ToLowerInvariant();

    /// <summary>Finds the encoding of a file that can be read twice: UTF-8 or, where its bytes are no UTF-8, GB 18030.</summary>
    /// <param name="content">The file, read from its start; left at its start.</param>
    /// <param name="wanted">The one that the command line names; null where it is silent.</param>
    /// <exception cref="UsageException">The bytes are text in none of them, or not in the one wanted.</exception>
    public static Encoding Find(Stream content, string? wanted)
    {
        foreach (var encoding in new[] { Utf8, Gb18030 })
        {
            if ((wanted is null || wanted.Equals(NameOf(encoding), StringComparison.OrdinalIgnoreCase)) && IsText(content, encoding))
                return encoding;
        }
        throw new UsageException($"FILE is not {wanted ?? string.Join(" and not ", Names)}");
    }

    private static bool IsText(Stream content, Encoding encoding)
    {
        var decoder = encoding.GetDecoder();
        var bytes = new byte[ChunkBytes];
        var text = new char[encoding.GetMaxCharCount(ChunkBytes)];
        content.Position = 0;
        try
        {
            int read;
            while ((read = content.Read(bytes)) > 0)
                decoder.GetChars(bytes.AsSpan(0, read), text, flush: false);
            decoder.GetChars([], text, flush: true);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
        finally
        {
            content.Position = 0;
        }
    }
}
