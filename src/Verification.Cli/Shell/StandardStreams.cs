using System.Globalization;
using System.Text;

namespace Verification.Cli.Shell;

/// <summary>The three streams that a process begins with, any of which may be closed.</summary>
internal static class StandardStreams
{
    // O_CLOEXEC.
    private const long CloseOnExec = 0x80000;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>The standard input; empty, with a word why, where it is closed.</summary>
    public static Stream Input => IsClosed(0) ? new ClosedInput() : Console.OpenStandardInput();

    /// <summary>Makes the console's writers tell an output that is lost from anything else, and do without an error stream.</summary>
    public static void TakeOver()
    {
        Console.SetOut(Writer(new OutletStream(IsClosed(1) ? null : Console.OpenStandardOutput(), isOptional: false)));
        Console.SetError(Writer(new OutletStream(IsClosed(2) ? null : Console.OpenStandardError(), isOptional: true)));
    }

    private static StreamWriter Writer(OutletStream stream) => new(stream, Utf8) { AutoFlush = true };

    /// <summary>
    /// Whether the process began without this stream. Its number then is nobody's, or that of something which the runtime has opened
    /// since for itself: to read from that may never end, to write to it does harm. It is told by its flag to be closed when another
    /// program starts, which nothing can have that was there when this one started.
    /// </summary>
    private static bool IsClosed(int descriptor)
    {
        if (!OperatingSystem.IsLinux())
            return false;
        try
        {
            var flags = File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/self/fdinfo/{descriptor}"))
                .First(line => line.StartsWith("flags:", StringComparison.Ordinal)).AsSpan("flags:".Length).Trim();
            return (Convert.ToInt64(flags.ToString(), 8) & CloseOnExec) != 0;
        }
        catch (FileNotFoundException)
        {
            return true;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            // Without /proc nobody can tell.
            return false;
        }
    }

    private sealed class ClosedInput : MemoryStream
    {
        public override int Read(Span<byte> buffer) => throw Closed();

        public override int Read(byte[] buffer, int offset, int count) => throw Closed();

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            ValueTask.FromException<int>(Closed());

        private static IOException Closed() => new(Say("the standard input is closed", "标准输入已关闭"));
    }
}
