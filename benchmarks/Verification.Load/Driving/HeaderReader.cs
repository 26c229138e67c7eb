namespace Verification.Load.Driving;

/// <summary>
/// Reads a header block of HPACK as Kestrel writes it to who has no table: names and values in clear. What else there may be is refused,
/// not guessed.
/// </summary>
internal ref struct HeaderReader(ReadOnlySpan<byte> block)
{
    private const int StaticEntries = 61;

    private ReadOnlySpan<byte> _rest = block;

    /// <summary>The header's name; empty where the table of RFC 7541 has it.</summary>
    public ReadOnlySpan<byte> Name { get; private set; }

    /// <summary>Its value; empty where that table has it.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>Goes on to the next header.</summary>
    /// <returns>False at the end.</returns>
    /// <exception cref="FormatException">The block has something that this does not read.</exception>
    public bool MoveNext()
    {
        while (!_rest.IsEmpty)
        {
            var first = _rest[0];
            if ((first & 0x80) != 0)
            {
                CheckIndex(ReadInteger(7));
                Name = [];
                Value = [];
                return true;
            }

            if ((first & 0xE0) == 0x20)
            {
                // The size of the table, which is none.
                ReadInteger(5);
                continue;
            }

            var index = ReadInteger((first & 0x40) != 0 ? 6 : 4);
            CheckIndex(index);
            Name = index == 0 ? ReadText() : [];
            Value = ReadText();
            return true;
        }

        return false;
    }

    private static void CheckIndex(int index)
    {
        if (index > StaticEntries)
        {
            throw new FormatException("The server refers to a table of headers that it was told not to keep.");
        }
    }

    private ReadOnlySpan<byte> ReadText()
    {
        if ((_rest[0] & 0x80) != 0)
        {
            throw new FormatException("The server compresses headers, which this client does not read.");
        }

        var length = ReadInteger(7);
        var text = _rest[..length];
        _rest = _rest[length..];
        return text;
    }

    private int ReadInteger(int bits)
    {
        var most = (1 << bits) - 1;
        var value = _rest[0] & most;
        _rest = _rest[1..];
        if (value < most)
        {
            return value;
        }

        for (var shift = 0; ; shift += 7)
        {
            var next = _rest[0];
            _rest = _rest[1..];
            value += (next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }
}
