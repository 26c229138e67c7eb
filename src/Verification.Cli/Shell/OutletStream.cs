namespace Verification.Cli.Shell;

/// <summary>
/// The standard output or the standard error. What cannot be written to the output is an <see cref="OutputLostException"/>: the
/// answer did not arrive. What cannot be written to the error is left out: there is nobody left to tell.
/// </summary>
/// <param name="target">Where it goes; null where it was closed when the process began.</param>
/// <param name="isOptional">Whether what cannot be written is left out.</param>
internal sealed class OutletStream(Stream? target, bool isOptional) : Stream
{
    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            if (target is null)
                throw new IOException(Say("it is closed", "已关闭"));
            target.Write(buffer);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            if (!isOptional)
                throw new OutputLostException(cause.Message);
        }
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
