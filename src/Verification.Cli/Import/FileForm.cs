using Verification.Cli.Shell;

namespace Verification.Cli.Import;

/// <summary>Names what is no text by its first bytes, before each of its lines is rejected one by one.</summary>
internal static class FileForm
{
    /// <summary>What a registry file must be.</summary>
    public static string RegistryFile => Say("a registry file is NDJSON in UTF-8", "登记文件应为 UTF-8 的 NDJSON");

    /// <summary>How many bytes tell.</summary>
    public const int Start = 64;

    private static (byte[] Bytes, string Form)[] Marks =>
    [
        ([0xFF, 0xFE], "UTF-16"),
        ([0xFE, 0xFF], "UTF-16"),
        ([0x1F, 0x8B], Say("compressed with gzip", "gzip 压缩文件")),
        ([0x28, 0xB5, 0x2F, 0xFD], Say("compressed with zstd", "zstd 压缩文件")),
        ([0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0x00], Say("compressed with xz", "xz 压缩文件")),
        ([(byte)'B', (byte)'Z', (byte)'h'], Say("compressed with bzip2", "bzip2 压缩文件")),
        ([(byte)'P', (byte)'K', 0x03, 0x04], Say("a zip archive", "zip 压缩包")),
        ([(byte)'7', (byte)'z', 0xBC, 0xAF], "a 7z archive"),
    ];

    /// <summary>Lets through what may be text. One bad line among good ones is for the service to reject.</summary>
    /// <param name="start">The first bytes.</param>
    /// <param name="expected">What the file must be, for the message.</param>
    /// <exception cref="UsageException">It is something else.</exception>
    public static void Check(ReadOnlySpan<byte> start, string expected)
    {
        foreach (var (bytes, form) in Marks)
        {
            if (start.StartsWith(bytes))
                throw new UsageException(Say($"FILE is {form}; {expected}", $"FILE 是{form}；{expected}"));
        }
        // Every second byte of ASCII in UTF-16 is zero, three of four in UTF-32; text in UTF-8 has none.
        if (start[..Math.Min(start.Length, Start)].Contains((byte)0))
            throw new UsageException(Say($"FILE has zero bytes, as UTF-16 and binary files do; {expected}", $"FILE 含有零字节，可能是 UTF-16 或二进制文件；{expected}"));
    }
}
