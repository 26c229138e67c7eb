using System.Text;
using Verification.Cli.Import;

namespace Verification.Cli.Tests.Import;

public sealed class ImportFileTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task OpenAsync_StandardInput_IsKeptPrivateAndLeavesNothing()
    {
        string path;
        await using (var file = await ImportFile.OpenAsync("-", new MemoryStream("one\ntwo"u8.ToArray()), Token))
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
        var opening = ImportFile.OpenAsync("-", new SilentPipe(), stop.Token);

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
        await using var file = await ImportFile.OpenAsync("-", new MemoryStream(Encoding.UTF8.GetBytes(text)), Token);

        Assert.Equal(lines, file.Lines);
    }

    private sealed class SilentPipe : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            new(new TaskCompletionSource<int>().Task);
    }
}
