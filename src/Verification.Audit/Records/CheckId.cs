using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Verification.Audit.Records;

/// <summary>The identifier of what was answered: the message's, and for an item of a batch its place.</summary>
/// <param name="Message">The message's UUIDv7.</param>
/// <param name="Item">The item's index from 0; null where the message is one call.</param>
public readonly record struct CheckId(Guid Message, int? Item = null)
{
    /// <summary>The most characters of an identifier: those of the message, the hyphen, and the largest index.</summary>
    public const int MaxLength = MessageLength + 1 + 10;

    private const int MessageLength = 32;

    /// <summary>When the message came, by the milliseconds since 1970 that a UUIDv7 begins with.</summary>
    public long UnixMilliseconds
    {
        get
        {
            Span<byte> bytes = stackalloc byte[16];
            Message.TryWriteBytes(bytes, bigEndian: true, out _);
            return (long)(BinaryPrimitives.ReadUInt64BigEndian(bytes) >> 16);
        }
    }

    /// <summary>Reads what <see cref="ToString"/> wrote: 32 hexadecimal digits, and for an item <c>-</c> and its index.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out CheckId id)
    {
        id = default;
        if (text is null || text.Length < MessageLength || !Guid.TryParseExact(text.AsSpan(0, MessageLength), "N", out var message))
        {
            return false;
        }

        if (text.Length == MessageLength)
        {
            id = new CheckId(message);
            return true;
        }

        var isItem = text[MessageLength] == '-'
            & int.TryParse(text.AsSpan(MessageLength + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var item);
        id = isItem ? new CheckId(message, item) : default;
        return isItem;
    }

    /// <summary>Writes what <see cref="ToString"/> does, which is ASCII.</summary>
    /// <returns>False when the destination is too short; <see cref="MaxLength"/> bytes are always enough.</returns>
    public bool TryFormat(Span<byte> utf8Destination, out int written)
    {
        if (!Message.TryFormat(utf8Destination, out written, "N"))
        {
            return false;
        }

        if (Item is not { } item)
        {
            return true;
        }

        if (written == utf8Destination.Length || !item.TryFormat(utf8Destination[(written + 1)..], out var digits, provider: CultureInfo.InvariantCulture))
        {
            written = 0;
            return false;
        }

        utf8Destination[written] = (byte)'-';
        written += 1 + digits;
        return true;
    }

    /// <summary>32 hexadecimal digits, and for an item <c>-</c> and its index.</summary>
    public override string ToString() =>
        Item is { } item ? string.Create(CultureInfo.InvariantCulture, $"{Message:N}-{item}") : Message.ToString("N");
}
