namespace Verification.Core.Permits;

/// <summary>
/// A resident identity number 居民身份证号 (GB 11643): 17 digits and an ISO 7064 MOD 11-2 check character. It is compared and
/// digested, never stored, logged or shown: <see cref="ToString"/> does not give it away. The default value is no number.
/// </summary>
public readonly struct ResidentIdentityNumber : IEquatable<ResidentIdentityNumber>
{
    /// <summary>The characters of a number.</summary>
    public const int Length = 18;

    private const string CheckCharacters = "10X98765432";

    // The first 17 digits, plus one: so that the default value, which is no number, differs from the number of zeros.
    private readonly ulong _digitsAndOne;

    private ResidentIdentityNumber(ulong digits) => _digitsAndOne = digits + 1;

    /// <summary>Whether two numbers are the same.</summary>
    public static bool operator ==(ResidentIdentityNumber left, ResidentIdentityNumber right) => left.Equals(right);

    /// <summary>Whether two numbers differ.</summary>
    public static bool operator !=(ResidentIdentityNumber left, ResidentIdentityNumber right) => !left.Equals(right);

    /// <summary>Reads a number, after NFKC and upper-casing (policy §8). The birth date inside is not looked at.</summary>
    /// <returns>False when the text is not 17 digits and the check character that fits them.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out ResidentIdentityNumber number)
    {
        number = default;
        foreach (var character in text)
        {
            if (character >= 0x80)
            {
                return UnicodeText.Compatible(text) is { } compatible && TryParseCompatible(compatible, out number);
            }
        }

        return TryParseCompatible(text, out number);
    }

    /// <summary>Whether a text, in NFKC, is such a number.</summary>
    internal static bool IsWellFormed(ReadOnlySpan<char> compatible) => TryParseCompatible(compatible, out _);

    /// <summary>Writes the number's 18 ASCII characters, to digest them.</summary>
    internal void CopyTo(Span<byte> destination)
    {
        if (_digitsAndOne == 0)
        {
            throw new InvalidOperationException("There is no identity number.");
        }

        var digits = _digitsAndOne - 1;
        var rest = digits;
        for (var i = Length - 2; i >= 0; i--)
        {
            destination[i] = (byte)('0' + (rest % 10));
            rest /= 10;
        }

        destination[Length - 1] = (byte)CheckCharacters[WeightedSum(digits) % 11];
    }

    /// <inheritdoc/>
    public bool Equals(ResidentIdentityNumber other) => _digitsAndOne == other._digitsAndOne;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ResidentIdentityNumber other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _digitsAndOne.GetHashCode();

    /// <summary>Never the number.</summary>
    public override string ToString() => "(identity number)";

    private static bool TryParseCompatible(ReadOnlySpan<char> text, out ResidentIdentityNumber number)
    {
        number = default;
        if (text.Length != Length)
        {
            return false;
        }

        var digits = 0UL;
        foreach (var character in text[..^1])
        {
            if (!char.IsAsciiDigit(character))
            {
                return false;
            }

            digits = (digits * 10) + (ulong)(character - '0');
        }

        if (char.ToUpperInvariant(text[^1]) != CheckCharacters[WeightedSum(digits) % 11])
        {
            return false;
        }

        number = new ResidentIdentityNumber(digits);
        return true;
    }

    /// <summary>The sum of the digits, each by its weight: 2 for the last, doubling modulo 11 towards the first.</summary>
    private static int WeightedSum(ulong digits)
    {
        var sum = 0;
        var weight = 2;
        for (var i = 0; i < Length - 1; i++)
        {
            sum += (int)(digits % 10) * weight;
            digits /= 10;
            weight = weight * 2 % 11;
        }

        return sum;
    }
}
