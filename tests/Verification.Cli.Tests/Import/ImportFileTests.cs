using System.Text;
using Verification.Cli.Import;
using Verification.Cli.Shell;

namespace Verification.Cli.Tests.Import;

public sealed class ImportFileTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task OpenAsync_StandardInput_IsKeptPrivateAndLeavesNothing()
    {
        string path;
        await using (var file = await ImportFile.OpenAsync("-", new MemoryStream("one\ntwo"u8.ToArray()), FileForm.RegistryFile, Token))
        {
            path = file.Content.Name;
            Assert.Equal(2, file.Lines);
            if (!OperatingSystem.IsWindows())
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file.Content.SafeFileHandle));
                Assert.False(File.Exists(path));
            }
            using var reader = new StreamReader(file.Content, leaveOpen: true);
            Assert.Equal("one\ntwo", await reader.ReadToEndAsync(Token));
        }

        Assert.False(File.Exists(path));
    }

    [Fact]
    public async Task OpenAsync_SilentPipe_CanBeInterrupted()
    {
        using var stop = new CancellationTokenSource();
        var opening = ImportFile.OpenAsync("-", new SilentPipe(), FileForm.RegistryFile, stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => opening);
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("\n", 1)]
    [InlineData("a", 1)]
    [InlineData("a\n", 1)]
    [InlineData("a\n\nb", 3)]
    public async Task OpenAsync_AnyText_CountsLines(string text, long lines)
    {
        await using var file = await ImportFile.OpenAsync("-", new MemoryStream(Encoding.UTF8.GetBytes(text)), FileForm.RegistryFile, Token);

        Assert.Equal(lines, file.Lines);
    }

    public static TheoryData<byte[], string> OtherForms => new()
    {
        { [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("{}")], "UTF-16" },
        { [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes("{}")], "UTF-16" },
        { Encoding.Unicode.GetBytes("{}"), "zero bytes" },
        { Encoding.BigEndianUnicode.GetBytes("{}"), "zero bytes" },
        { Encoding.UTF32.GetBytes("{}"), "zero bytes" },
        { [.. "SQLite format 3"u8, 0, 16, 0], "zero bytes" },
        { [0x1F, 0x8B, 8, 0], "gzip" },
        { [0x28, 0xB5, 0x2F, 0xFD, 4], "zstd" },
        { [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0], "xz" },
        { [.. "BZh91AY"u8], "bzip2" },
        { [.. "PK"u8, 3, 4, 20], "zip" },
    };

    [Theory]
    [MemberData(nameof(OtherForms), DisableDiscoveryEnumeration = true)]
    public async Task OpenAsync_NoUtf8Text_IsNamed(byte[] bytes, string form)
    {
        var refusal = await Assert.ThrowsAsync<UsageException>(() => ImportFile.OpenAsync("-", new MemoryStream(bytes), FileForm.RegistryFile, Token));

        Assert.Contains(form, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\uFEFF{}")]
    [InlineData("")]
    [InlineData("garbage, line by line\n")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123\0")]
    public async Task OpenAsync_TextWithBadLines_IsForTheServiceToReject(string text)
    {
        await using var file = await ImportFile.OpenAsync("-", new MemoryStream(Encoding.UTF8.GetBytes(text)), FileForm.RegistryFile, Token);

        Assert.NotEmpty(file.Id);
    }

    private sealed class SilentPipe : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            new(new TaskCompletionSource<int>().Task);
    }
}
