using Permits.Verification.V1;
using Verification.Load.MadeUp;

namespace Verification.Load.Questions;

/// <summary>
/// A verdict that is expected of permits that differ by their number alone. The first one that comes is read and compared field by
/// field; its bytes then stand for those of the others, so that comparing costs the client next to nothing.
/// </summary>
/// <param name="expected">What Core's rules decide.</param>
internal sealed class ExpectedVerdict(Verdict expected)
{
    // The number is the first field: its tag and its length.
    private const int NumberAt = 2;
    private const int RestAt = NumberAt + MadeUpPermits.NumberLength;

    private byte[]? _seen;

    /// <summary>Whether a verdict, as it came, is this one about that number.</summary>
    public bool IsMet(ReadOnlySpan<byte> verdict, ReadOnlySpan<byte> number)
    {
        if (_seen is { } seen
            && verdict.Length == seen.Length
            && verdict[RestAt..].SequenceEqual(seen.AsSpan(RestAt))
            && verdict[..NumberAt].SequenceEqual(seen.AsSpan(0, NumberAt)))
        {
            return verdict[NumberAt..RestAt].SequenceEqual(number);
        }

        var read = Verdict.Parser.ParseFrom(verdict);
        if (read.PermitNumber != System.Text.Encoding.ASCII.GetString(number) || !SaysTheSame(read))
        {
            return false;
        }

        _seen = verdict.ToArray();
        return true;
    }

    /// <summary>Compares what Core decides, and not what the contract may add.</summary>
    private bool SaysTheSame(Verdict read) =>
        read.Kind == expected.Kind
        && read.Status == expected.Status
        && read.Reasons.Equals(expected.Reasons)
        && Equals(read.AsOf, expected.AsOf)
        && Equals(read.StatusSince, expected.StatusSince)
        && Equals(read.StatusUntil, expected.StatusUntil)
        && Equals(read.IssuedOn, expected.IssuedOn)
        && Equals(read.ExpiresOn, expected.ExpiresOn)
        && read.SubjectMatch == expected.SubjectMatch
        && read.CardMatch == expected.CardMatch
        && read.Entitlements.Equals(expected.Entitlements);
}
