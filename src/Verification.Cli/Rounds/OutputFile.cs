using System.Security.Cryptography;

namespace Verification.Cli.Rounds;

/// <summary>The output on its way to the disk: its bytes are counted and hashed. No other run can write it meanwhile.</summary>
internal sealed class OutputFile : Stream
{
    private const int ChunkBytes = 128 * 1024;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly FileStream _file;

    private OutputFile(FileStream file) => _file = file;

    /// <summary>How many bytes there are.</summary>
    public long Bytes { get; private set; }

    /// <summary>SHA-256 of them, in hexadecimal.</summary>
    public string Sha256 => Convert.ToHexStringLower(_hash.GetCurrentHash());

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => Bytes;

    public override long Position { get => Bytes; set => throw new NotSupportedException(); }

    /// <summary>Opens the file to go on behind its first bytes; what stands there is cut off. With none it need not be there.</summary>
    /// <exception cref="RoundException">Those bytes are not there, or others.</exception>
    public static OutputFile Open(string path, long bytes, string sha256)
    {
        var mode = bytes == 0 ? FileMode.OpenOrCreate : FileMode.Open;
        var output = new OutputFile(new FileStream(path, mode, FileAccess.ReadWrite, FileShare.None, bufferSize: 0));
        try
        {
            output.HashFirst(bytes);
            if (output.Sha256 != sha256)
                throw new RoundException(Say("--out is not what the round has written: it was changed since", "--out 的内容不是该批次写入的：文件此后被改动"));
            output._file.SetLength(bytes);
            return output;
        }
        catch
        {
            output.Dispose();
            throw;
        }
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        _file.Write(buffer);
        _hash.AppendData(buffer);
        Bytes += buffer.Length;
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    /// <summary>Waits until the bytes outlive the machine.</summary>
    public void Keep() => _file.Flush(flushToDisk: true);

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _file.Dispose();
            _hash.Dispose();
        }
        base.Dispose(disposing);
    }

    private void HashFirst(long bytes)
    {
        var buffer = new byte[ChunkBytes];
        int read;
        while ((read = _file.Read(buffer.AsSpan(0, (int)Math.Min(buffer.Length, bytes - Bytes)))) > 0)
        {
            _hash.AppendData(buffer.AsSpan(0, read));
            Bytes += read;
        }
    }
}
