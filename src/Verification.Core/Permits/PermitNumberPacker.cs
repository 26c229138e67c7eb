namespace Verification.Core.Permits;

/// <summary>Takes characters in NFKC one by one, drops what the policy drops, and packs the others.</summary>
internal struct PermitNumberPacker
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

        if (_length == PermitNumber.MaxLength)
        {
            return false;
        }

        if (_length++ < PermitNumber.WordLength)
        {
            _head = (_head * PermitNumber.Radix) + digit;
        }
        else
        {
            _tail = (_tail * PermitNumber.Radix) + digit;
        }

        return true;
    }

    public readonly bool TryFinish(out PermitNumber number)
    {
        number = _length >= PermitNumber.MinLength ? new PermitNumber(_head, _tail) : default;
        return _length >= PermitNumber.MinLength;
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

    /// <summary>White space and hyphens, which people write into numbers.</summary>
    public static bool IsDropped(char character) =>
        character is '-' or '\u2010' or '\u2011' or '\u2013' or '\u2014' || char.IsWhiteSpace(character);
}
