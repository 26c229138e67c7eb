using System.Buffers.Binary;

namespace Verification.Load.Driving;

/// <summary>Cuts what comes in on a connection into frames of HTTP/2.</summary>
internal sealed class FrameReader
{
    /// <summary>The bytes before a frame's payload.</summary>
    public const int HeaderLength = 9;

    // The largest frame that a peer may send unasked, and what comes with it.
    private readonly byte[] _buffer = new byte[256 * 1024];
    private int _start;
    private int _end;

    /// <summary>Where to put what comes in.</summary>
    public Memory<byte> Room() => _buffer.AsMemory(_end);

    /// <summary>So much came in.</summary>
    public void Advance(int count) => _end += count;

    /// <summary>The next whole frame. Its payload lives until <see cref="Compact"/>.</summary>
    public bool TryRead(out ReceivedFrame frame)
    {
        frame = default;
        var rest = _buffer.AsSpan(_start, _end - _start);
        if (rest.Length < HeaderLength)
        {
            return false;
        }

        var length = BinaryPrimitives.ReadInt32BigEndian(rest) >>> 8;
        if (rest.Length < HeaderLength + length)
        {
            return false;
        }

        frame = new ReceivedFrame(
            (FrameType)rest[3],
            (FrameFlags)rest[4],
            BinaryPrimitives.ReadInt32BigEndian(rest[5..]) & int.MaxValue,
            rest.Slice(HeaderLength, length));
        _start += HeaderLength + length;
        return true;
    }

    /// <summary>Makes room again.</summary>
    public void Compact()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
    }
}
