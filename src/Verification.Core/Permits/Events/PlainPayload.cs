using System.Text;

namespace Verification.Core.Permits.Events;

/// <summary>
/// Reads an event's fields straight off the bytes, as <see cref="EventPayload.Write"/> writes them. Whatever else is JSON too, and whatever is
/// wrong with them, is for the JSON reader, which says it better.
/// </summary>
internal static class PlainPayload
{
    private const int LongestEscaped = 512;
    private const int HexDigits = 4;

    /// <summary>Reads the fields of an event that has some.</summary>
    /// <returns>A value for each field, null where it is absent; null where they are not plain: then nothing is said of them.</returns>
    public static object?[]? TryRead(EventType type, ReadOnlySpan<byte> payload)
    {
        if (payload is not [(byte)'{', .. var rest, (byte)'}'] || payload.ContainsAnyExceptInRange((byte)' ', (byte)'~'))
        {
            return null;
        }

        var values = new object?[type.Fields.Length];
        while (true)
        {
            if (!TryReadQuoted(ref rest, out var name)
                || rest is not [(byte)':', .. var afterName]
                || IndexOf(type, name) is not (>= 0 and var index)
                || values[index] is not null)
            {
                return null;
            }

            rest = afterName;
            if (!TryReadQuoted(ref rest, out var value) || type.Fields[index].ParsePlain(value) is not { } parsed)
            {
                return null;
            }

            values[index] = parsed;
            if (rest.IsEmpty)
            {
                return values;
            }

            if (rest[0] != ',')
            {
                return null;
            }

            rest = rest[1..];
        }
    }

    /// <summary>A text in which characters may be written as <c>\u4E2D</c>, and in no other way.</summary>
    /// <returns>Null where they are.</returns>
    public static string? Text(ReadOnlySpan<byte> ascii)
    {
        if (ascii.IndexOf((byte)'\\') is var first && first < 0)
        {
            return Encoding.ASCII.GetString(ascii);
        }

        if (ascii.Length > LongestEscaped)
        {
            return null;
        }

        Span<char> characters = stackalloc char[LongestEscaped];
        var length = Encoding.ASCII.GetChars(ascii[..first], characters);
        for (ascii = ascii[first..]; !ascii.IsEmpty; length++)
        {
            if (ascii[0] != '\\')
            {
                characters[length] = (char)ascii[0];
                ascii = ascii[1..];
            }
            else if (TryReadEscape(ascii, out characters[length]))
            {
                ascii = ascii[(2 + HexDigits)..];
            }
            else
            {
                return null;
            }
        }

        return new string(characters[..length]);
    }

    /// <summary>Steps over a text in quotes. One with an escaped quote in it comes out too short, and with a <c>\</c> at its end that is no escape.</summary>
    private static bool TryReadQuoted(ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> text)
    {
        text = default;
        if (rest is not [(byte)'"', .. var quoted] || quoted.IndexOf((byte)'"') is not (>= 0 and var end))
        {
            return false;
        }

        text = quoted[..end];
        rest = quoted[(end + 1)..];
        return true;
    }

    /// <summary>Halves of a pair are left to the JSON reader: whether they fit.</summary>
    private static bool TryReadEscape(ReadOnlySpan<byte> ascii, out char character)
    {
        character = default;
        if (ascii.Length < 2 + HexDigits || ascii[1] != 'u')
        {
            return false;
        }

        var code = 0;
        foreach (var digit in ascii.Slice(2, HexDigits))
        {
            if (!char.IsAsciiHexDigit((char)digit))
            {
                return false;
            }

            code = (code << 4) | ((digit & 0xF) + (digit > '9' ? 9 : 0));
        }

        character = (char)code;
        return !char.IsSurrogate(character);
    }

    private static int IndexOf(EventType type, ReadOnlySpan<byte> name)
    {
        for (var i = 0; i < type.Fields.Length; i++)
        {
            if (name.SequenceEqual(type.Fields[i].Utf8Name))
            {
                return i;
            }
        }

        return -1;
    }
}
