namespace Verification.Load.Questions;

/// <summary>Walks over a message of Protocol Buffers, field by field, without making objects of it.</summary>
internal ref struct Fields(ReadOnlySpan<byte> message)
{
    private const int Varint = 0;
    private const int LengthDelimited = 2;

    private ReadOnlySpan<byte> _rest = message;

    /// <summary>The field reached; 0 before the first.</summary>
    public int Number { get; private set; }

    /// <summary>Its bytes, where it is a text or a message; otherwise empty.</summary>
    public ReadOnlySpan<byte> Bytes { get; private set; }

    /// <summary>The first field of that number; empty where there is none.</summary>
    public static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> message, int number)
    {
        var fields = new Fields(message);
        while (fields.MoveNext())
        {
            if (fields.Number == number)
            {
                return fields.Bytes;
            }
        }

        return [];
    }

    /// <summary>Goes on to the next field.</summary>
    /// <returns>False at the end.</returns>
    /// <exception cref="FormatException">It is none of those that the contract uses.</exception>
    public bool MoveNext()
    {
        if (_rest.IsEmpty)
        {
            return false;
        }

        var tag = ReadVarint();
        Number = (int)(tag >> 3);
        Bytes = [];
        switch ((int)(tag & 7))
        {
            case Varint:
                ReadVarint();
                return true;
            case LengthDelimited:
                var length = (int)ReadVarint();
                Bytes = _rest[..length];
                _rest = _rest[length..];
                return true;
            default:
                throw new FormatException("An answer has a field of a form that the contract does not use.");
        }
    }

    private ulong ReadVarint()
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var next = _rest[0];
            _rest = _rest[1..];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }
}
