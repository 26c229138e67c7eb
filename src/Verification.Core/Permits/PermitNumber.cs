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

    /// <summary>The most characters of a word.</summary>
    internal const int WordLength = 12;

    /// <summary>The base of the digits.</summary>
    internal const ulong Radix = 37;

    /// <summary>Twelve times the highest digit.</summary>
    private const ulong MaxWord = 6_582_952_005_840_035_280;

    private readonly ulong _head;
    private readonly ulong _tail;

    /// <summary>A number as <see cref="PermitNumberPacker"/> packs it.</summary>
    internal PermitNumber(ulong head, ulong tail)
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

    /// <summary>
    /// The number packed into 128 bits, the first twelve characters in the upper half; zero for the default value. Kept in files: it must
    /// never change for a given number.
    /// </summary>
    public UInt128 Packed => new(_head, _tail);

    /// <summary>Whether two numbers are the same.</summary>
    public static bool operator ==(PermitNumber left, PermitNumber right) => left.Equals(right);

    /// <summary>Whether two numbers differ.</summary>
    public static bool operator !=(PermitNumber left, PermitNumber right) => !left.Equals(right);

    /// <summary>Reads a number as a person or a file may write it. Allocates nothing where the text is ASCII.</summary>
    /// <returns>False when the text is no permit number; so where it is a resident identity number, which people type for it.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out PermitNumber number) => PermitNumberText.TryRead(text, out number);

    /// <inheritdoc cref="TryParse(ReadOnlySpan{char}, out PermitNumber)"/>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out PermitNumber number) => PermitNumberText.TryRead(utf8, out number);

    /// <summary>Whether a text that is no permit number is a resident identity number, so that it can be said which mistake it is.</summary>
    public static bool IsIdentityNumber(ReadOnlySpan<char> text) => PermitNumberText.IsIdentityNumber(text);

    /// <summary>
    /// Whether it can be the number of such a permit: an employer registration's is a unified social credit code 统一社会信用代码, any
    /// other permit's may be any (policy §1).
    /// </summary>
    public bool CanBeOf(PermitKind kind)
    {
        if (kind != PermitKind.EmployerRegistration)
        {
            return true;
        }

        Span<char> characters = stackalloc char[MaxLength];
        return SocialCreditCode.IsWellFormed(characters[..Unpack(characters)]);
    }

    /// <summary>
    /// Reads a number as registries and caches keep it: the canonical form and nothing else. Not the same as what a person may write:
    /// that may become narrower, and what was recorded before is read as long as the registry lives.
    /// </summary>
    /// <exception cref="FormatException">The text is no canonical form: what was stored is damaged.</exception>
    public static PermitNumber FromStored(ReadOnlySpan<char> canonical) => PermitNumberText.ReadStored(canonical);

    /// <summary>Reads what <see cref="Packed"/> gave.</summary>
    /// <exception cref="FormatException">It is no packed number: what was stored is damaged.</exception>
    public static PermitNumber FromPacked(UInt128 packed)
    {
        var number = new PermitNumber((ulong)(packed >> 64), (ulong)packed);
        if (number._head <= MaxWord && number._tail <= MaxWord)
        {
            // Every other way to the same characters, as with a digit zero, comes out as another number or as none.
            Span<char> characters = stackalloc char[MaxLength];
            var length = number.Unpack(characters);
            if (FromStored(characters[..length]) == number)
            {
                return number;
            }
        }

        throw new FormatException("The bits are no packed permit number.");
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

    /// <summary>Whether it is a resident identity number by its form.</summary>
    internal bool IsIdentityNumber()
    {
        Span<char> characters = stackalloc char[MaxLength];
        return IdentityNumberText.IsOne(characters[..Unpack(characters)]);
    }

    private int Unpack(Span<char> destination)
    {
        var length = UnpackWord(_head, destination);
        return length + UnpackWord(_tail, destination[length..]);
    }
}
