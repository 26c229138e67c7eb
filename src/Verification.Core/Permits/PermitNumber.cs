using System.Buffers;
using System.Text;

namespace Verification.Core.Permits;

/// <summary>
/// A permit's number in canonical form (policy §1): 6 to 24 characters <c>0-9A-Z</c>. Numbers are unique across kinds.
/// </summary>
/// <remarks>
/// Packed into 128 bits: the first twelve characters in one word, the others in a second, each character a base-37 digit from
/// 1 to 36. As no digit is zero, numbers of different length never collide. The default value is no number.
/// </remarks>
public readonly struct PermitNumber : IEquatable<PermitNumber>
{
    /// <summary>The fewest characters of a number.</summary>
    public const int MinLength = 6;

    /// <summary>The most characters of a number.</summary>
    public const int MaxLength = 24;

    private const int WordLength = 12;
    private const ulong Radix = 37;

    private readonly ulong _head;
    private readonly ulong _tail;

    private PermitNumber(ulong head, ulong tail)
    {
        _head = head;
        _tail = tail;
    }

    /// <summary>
    /// The bucket of the number, 0 to 65,535, by which changes are followed. Stored in the registry and shared by all nodes: it
    /// must never change for a given number.
    /// </summary>
    public ushort Bucket
    {
        get
        {
            var mixed = (_head * 0x9E37_79B9_7F4A_7C15) ^ ((_tail + 1) * 0xC2B2_AE3D_27D4_EB4F);
            mixed = (mixed ^ (mixed >> 32)) * 0xD6E8_FEB8_6659_FD93;
            return (ushort)(mixed >> 48);
        }
    }

    /// <summary>Whether two numbers are the same.</summary>
    public static bool operator ==(PermitNumber left, PermitNumber right) => left.Equals(right);

    /// <summary>Whether two numbers differ.</summary>
    public static bool operator !=(PermitNumber left, PermitNumber right) => !left.Equals(right);

    /// <summary>Reads a number as a person or a file may write it. Allocates nothing where the text is ASCII.</summary>
    /// <returns>False when the text is no permit number; so where it is a resident identity number, which people type for it.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out PermitNumber number)
    {
        var packer = default(Packer);
        foreach (var character in text)
        {
            if (character >= 0x80)
            {
                return TryParseUnicode(text, out number);
            }

            if (!packer.Add(character))
            {
                number = default;
                return false;
            }
        }

        return packer.TryFinishTyped(out number);
    }

    /// <summary>Whether a text that is no permit number is a resident identity number, so that it can be said which mistake it is.</summary>
    public static bool IsIdentityNumber(ReadOnlySpan<char> text)
    {
        var packer = default(Packer);
        foreach (var character in UnicodeText.Compatible(text) ?? string.Empty)
        {
            if (!packer.Add(character))
            {
                return false;
            }
        }

        return packer.TryFinish(out var number) && packer.MayBeIdentityNumber && number.IsIdentityNumber();
    }

    /// <inheritdoc cref="TryParse(ReadOnlySpan{char}, out PermitNumber)"/>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out PermitNumber number)
    {
        var packer = default(Packer);
        foreach (var octet in utf8)
        {
            if (octet >= 0x80)
            {
                return TryParseUnicode(utf8, out number);
            }

            if (!packer.Add((char)octet))
            {
                number = default;
                return false;
            }
        }

        return packer.TryFinishTyped(out number);
    }

    /// <summary>
    /// Reads a number as registries and caches keep it: the canonical form and nothing else. Not the same as what a person may write:
    /// that may become narrower, and what was recorded before is read as long as the registry lives.
    /// </summary>
    /// <exception cref="FormatException">The text is no canonical form: what was stored is damaged.</exception>
    public static PermitNumber FromStored(ReadOnlySpan<char> canonical)
    {
        var packer = default(Packer);
        foreach (var character in canonical)
        {
            if (character is not ((>= '0' and <= '9') or (>= 'A' and <= 'Z')) || !packer.Add(character))
            {
                throw Damaged();
            }
        }

        return packer.TryFinish(out var number) ? number : throw Damaged();

        static FormatException Damaged() => new("A stored permit number is damaged.");
    }

    /// <summary>Reads a number that is known to be one, as in a test or in what is part of the product.</summary>
    /// <exception cref="FormatException">The text is no permit number.</exception>
    public static PermitNumber Parse(ReadOnlySpan<char> text) =>
        TryParse(text, out var number) ? number : throw new FormatException("The text is no permit number.");

    /// <summary>Writes the canonical form.</summary>
    /// <returns>False when the destination is too short; <see cref="MaxLength"/> characters are always enough.</returns>
    public bool TryFormat(Span<char> destination, out int written)
    {
        Span<char> characters = stackalloc char[MaxLength];
        var length = Unpack(characters);
        written = 0;
        if (!characters[..length].TryCopyTo(destination))
        {
            return false;
        }

        written = length;
        return true;
    }

    /// <summary>Writes the canonical form, which is ASCII.</summary>
    /// <inheritdoc cref="TryFormat(Span{char}, out int)"/>
    public bool TryFormat(Span<byte> utf8Destination, out int written)
    {
        Span<char> characters = stackalloc char[MaxLength];
        var length = Unpack(characters);
        return Ascii.FromUtf16(characters[..length], utf8Destination, out written) == OperationStatus.Done;
    }

    /// <inheritdoc/>
    public bool Equals(PermitNumber other) => _head == other._head && _tail == other._tail;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is PermitNumber other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_head, _tail);

    /// <summary>The canonical form; empty for the default value.</summary>
    public override string ToString()
    {
        Span<char> characters = stackalloc char[MaxLength];
        return new string(characters[..Unpack(characters)]);
    }

    private static bool TryParseUnicode(ReadOnlySpan<byte> utf8, out PermitNumber number)
    {
        number = default;
        var characters = ArrayPool<char>.Shared.Rent(utf8.Length);
        try
        {
            return System.Text.Unicode.Utf8.ToUtf16(utf8, characters, out _, out var written, replaceInvalidSequences: false)
                    == OperationStatus.Done
                && TryParseUnicode(characters.AsSpan(0, written), out number);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(characters);
        }
    }

    private static bool TryParseUnicode(ReadOnlySpan<char> text, out PermitNumber number)
    {
        number = default;
        if (UnicodeText.Compatible(text) is not { } compatible)
        {
            return false;
        }

        var packer = default(Packer);
        foreach (var character in compatible)
        {
            if (!packer.Add(character))
            {
                return false;
            }
        }

        return packer.TryFinishTyped(out number);
    }

    private static int UnpackWord(ulong word, Span<char> destination)
    {
        Span<char> reversed = stackalloc char[WordLength];
        var length = 0;
        for (; word != 0; word /= Radix)
        {
            var digit = (int)(word % Radix) - 1;
            reversed[length++] = (char)(digit < 10 ? '0' + digit : 'A' + digit - 10);
        }

        for (var i = 0; i < length; i++)
        {
            destination[i] = reversed[length - 1 - i];
        }

        return length;
    }

    private bool IsIdentityNumber()
    {
        Span<char> characters = stackalloc char[MaxLength];
        return IdentityNumberText.IsOne(characters[..Unpack(characters)]);
    }

    private int Unpack(Span<char> destination)
    {
        var length = UnpackWord(_head, destination);
        return length + UnpackWord(_tail, destination[length..]);
    }

    /// <summary>Takes characters in NFKC one by one, drops what the policy drops, and packs the others.</summary>
    private struct Packer
    {
        private ulong _head;
        private ulong _tail;
        private int _length;

        public readonly bool MayBeIdentityNumber => _length == ResidentIdentityNumber.Length;

        public bool Add(char character)
        {
            var digit = character switch
            {
                >= '0' and <= '9' => (ulong)(character - '0' + 1),
                >= 'A' and <= 'Z' => (ulong)(character - 'A' + 11),
                >= 'a' and <= 'z' => (ulong)(character - 'a' + 11),
                _ => 0UL,
            };
            if (digit == 0)
            {
                return IsDropped(character);
            }

            if (_length == MaxLength)
            {
                return false;
            }

            if (_length++ < WordLength)
            {
                _head = (_head * Radix) + digit;
            }
            else
            {
                _tail = (_tail * Radix) + digit;
            }

            return true;
        }

        public readonly bool TryFinish(out PermitNumber number)
        {
            number = _length >= MinLength ? new PermitNumber(_head, _tail) : default;
            return _length >= MinLength;
        }

        /// <summary>The number that a person wrote: what is a resident identity number goes no further (policy §1).</summary>
        public readonly bool TryFinishTyped(out PermitNumber number)
        {
            if (TryFinish(out number) && !(MayBeIdentityNumber && number.IsIdentityNumber()))
            {
                return true;
            }

            number = default;
            return false;
        }

        private static bool IsDropped(char character) =>
            character is '-' or '\u2010' or '\u2011' or '\u2013' or '\u2014' || char.IsWhiteSpace(character);
    }
}
