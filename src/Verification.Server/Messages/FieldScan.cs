using System.Buffers;
using Google.Protobuf;

namespace Verification.Server.Messages;

/// <summary>
/// Walks over the fields of a message on its bytes, making nothing of them. Ends at what is no field: the parser says so better.
/// </summary>
/// <param name="message">The message.</param>
internal ref struct FieldScan(ReadOnlySequence<byte> message)
{
    private const int BitsOfAByte = 7;
    private const int MostBits = 64;

    private SequenceReader<byte> _reader = new(message);
    private SequencePosition _start = message.Start;

    /// <summary>The field's number.</summary>
    public int Number { get; private set; }

    /// <summary>Whether the field is a text, some bytes, a message or packed numbers.</summary>
    public bool HasBytes { get; private set; }

    /// <summary>Those bytes; empty for other fields.</summary>
    public ReadOnlySequence<byte> Bytes { get; private set; }

    /// <summary>The whole field, with its number: a message of that one field.</summary>
    public readonly ReadOnlySequence<byte> Raw => message.Slice(_start, _reader.Position);

    /// <summary>Goes on to the next field.</summary>
    /// <returns>False where there is none.</returns>
    public bool MoveNext()
    {
        Bytes = default;
        _start = _reader.Position;
        if (!TryReadVarint(out var tag))
        {
            return false;
        }

        Number = WireFormat.GetTagFieldNumber((uint)tag);
        var type = WireFormat.GetTagWireType((uint)tag);
        HasBytes = type == WireFormat.WireType.LengthDelimited;
        return Number > 0 && type switch
        {
            WireFormat.WireType.Varint => TryReadVarint(out _),
            WireFormat.WireType.Fixed32 => TrySkip(sizeof(uint)),
            WireFormat.WireType.Fixed64 => TrySkip(sizeof(ulong)),
            WireFormat.WireType.LengthDelimited => TryReadVarint(out var length) && TryReadBytes(length),
            _ => true,
        };
    }

    private bool TryReadVarint(out ulong value)
    {
        value = 0;
        for (var shift = 0; shift < MostBits; shift += BitsOfAByte)
        {
            if (!_reader.TryRead(out var next))
            {
                return false;
            }

            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return true;
            }
        }

        return false;
    }

    private bool TrySkip(ulong length)
    {
        if ((ulong)_reader.Remaining < length)
        {
            return false;
        }

        _reader.Advance((long)length);
        return true;
    }

    private bool TryReadBytes(ulong length)
    {
        var start = _reader.Position;
        if (!TrySkip(length))
        {
            return false;
        }

        Bytes = message.Slice(start, (long)length);
        return true;
    }
}
