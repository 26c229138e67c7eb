namespace Verification.Audit.Storing.Rows;

/// <summary>Reads the variable length numbers of the format (docs/audit-format.md) where there are many of them.</summary>
internal static class Numbers
{
    /// <summary>Takes the number that bytes begin with.</summary>
    /// <exception cref="InvalidDataException">They begin with none.</exception>
    public static ulong Take(ref ReadOnlySpan<byte> bytes)
    {
        ulong value = 0;
        for (var at = 0; at < bytes.Length && at < 10; at++)
        {
            value |= (ulong)(bytes[at] & 0x7F) << (7 * at);
            if (bytes[at] < 0x80)
            {
                bytes = bytes[(at + 1)..];
                return value;
            }
        }

        throw new InvalidDataException("A number of the index has no end.");
    }
}
