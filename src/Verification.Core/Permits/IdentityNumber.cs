using System.Text;
using Verification.Core.Words;

namespace Verification.Core.Permits;

/// <summary>
/// The number of an identity document, in the form that policy §1 gives for that document. Like a
/// <see cref="ResidentIdentityNumber"/> it is compared and digested, never stored, logged or shown. The default value is no number.
/// </summary>
public readonly struct IdentityNumber : IEquatable<IdentityNumber>
{
    /// <summary>The fewest characters of a number of any document but the resident identity card.</summary>
    public const int MinOtherLength = 5;

    /// <summary>The most characters of a number of any document but the resident identity card.</summary>
    public const int MaxOtherLength = 20;

    private readonly ResidentIdentityNumber _resident;
    private readonly string? _other;

    private IdentityNumber(ResidentIdentityNumber resident) =>
        (Document, _resident) = (IdentityDocument.ResidentIdentityCard, resident);

    private IdentityNumber(IdentityDocument document, string other) => (Document, _other) = (document, other);

    /// <summary>The document; none of them for the default value.</summary>
    public IdentityDocument Document { get; }

    /// <summary>The number of a resident identity card.</summary>
    public static implicit operator IdentityNumber(ResidentIdentityNumber number) => new(number);

    /// <summary>Whether two numbers are the same, of the same document.</summary>
    public static bool operator ==(IdentityNumber left, IdentityNumber right) => left.Equals(right);

    /// <summary>Whether two numbers differ, or their documents do.</summary>
    public static bool operator !=(IdentityNumber left, IdentityNumber right) => !left.Equals(right);

    /// <summary>Reads a document's number. Of a resident identity card's it allocates nothing where the text is ASCII.</summary>
    /// <returns>False when the document cannot have such a number; see <see cref="RuleOf"/>.</returns>
    public static bool TryParse(IdentityDocument document, ReadOnlySpan<char> text, out IdentityNumber number)
    {
        number = default;
        if (document == IdentityDocument.ResidentIdentityCard)
        {
            var isOne = ResidentIdentityNumber.TryParse(text, out var resident);
            number = isOne ? resident : default(IdentityNumber);
            return isOne;
        }

        if (!PermitNumberText.TryCanonicalize(text, out var other) || other.Length is < MinOtherLength or > MaxOtherLength)
        {
            return false;
        }

        number = new IdentityNumber(document, other);
        return true;
    }

    /// <summary>What holds for every number of a document, to follow "must be".</summary>
    public static Wording RuleOf(IdentityDocument document) => document == IdentityDocument.ResidentIdentityCard
        ? new("17 digits and the check character that fits them", "17 位数字和相符的校验码")
        : new(
            $"{MinOtherLength} to {MaxOtherLength} characters 0-9A-Z, white space and hyphens aside",
            $"{MinOtherLength} 到 {MaxOtherLength} 个字符 0-9A-Z，空白和连字符不计");

    /// <inheritdoc/>
    public bool Equals(IdentityNumber other) => Document == other.Document && _resident == other._resident && _other == other._other;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is IdentityNumber other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Document, _resident, _other);

    /// <summary>Never the number.</summary>
    public override string ToString() => "(identity number)";

    /// <summary>Writes what is digested of the number behind permit and role, into bytes that are zero.</summary>
    /// <returns>How many bytes.</returns>
    internal int CopyTo(Span<byte> destination)
    {
        // A resident's number stands alone, as it did when there was no other; the others follow their document and fill their field:
        // so no two messages are the same.
        if (_other is null)
        {
            _resident.CopyTo(destination);
            return ResidentIdentityNumber.Length;
        }

        destination[0] = (byte)Document;
        Encoding.ASCII.GetBytes(_other, destination[1..]);
        return 1 + MaxOtherLength;
    }
}
