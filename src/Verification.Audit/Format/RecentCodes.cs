namespace Verification.Audit.Format;

/// <summary>The codes that were written last in a block, a few of them, and their numbers: most records repeat one.</summary>
/// <param name="maxLength">The most bytes of codes.</param>
internal sealed class RecentCodes(int maxLength)
{
    private const int Kept = 4;

    private readonly byte[] _codes = new byte[Kept * maxLength];
    private readonly (int Length, ulong Number)[] _entries = new (int, ulong)[Kept];
    private int _count;
    private int _next;

    /// <summary>The number of codes that are among them.</summary>
    public bool TryFind(ReadOnlySpan<byte> codes, out ulong number)
    {
        for (var place = 0; place < _count; place++)
        {
            if (codes.SequenceEqual(_codes.AsSpan(place * maxLength, _entries[place].Length)))
            {
                number = _entries[place].Number;
                return true;
            }
        }

        number = 0;
        return false;
    }

    /// <summary>Keeps codes, in place of the oldest.</summary>
    public void Keep(ReadOnlySpan<byte> codes, ulong number)
    {
        codes.CopyTo(_codes.AsSpan(_next * maxLength));
        _entries[_next] = (codes.Length, number);
        _count = Math.Max(_count, _next + 1);
        _next = (_next + 1) % Kept;
    }

    /// <summary>Forgets them: another block begins.</summary>
    public void Clear() => (_count, _next) = (0, 0);
}
