namespace Verification.Audit.Format;

/// <summary>The sizes of the format (docs/audit-format.md). Integers are little-endian.</summary>
internal static class Layout
{
    /// <summary>The bytes before and behind a frame's body: its length, and its checksum.</summary>
    public const int LengthSize = sizeof(ushort);

    /// <inheritdoc cref="LengthSize"/>
    public const int ChecksumSize = sizeof(uint);

    /// <summary>The most bytes of a frame's body.</summary>
    public const int MaxBody = 2048;

    /// <summary>More than one record can need, with the dictionary entries that it brings.</summary>
    public const int MaxAppend = 4096;

    /// <summary>The most bytes of a block, whatever is configured: a reader needs no more memory.</summary>
    public const int MaxBlock = 8 << 20;

    /// <summary>What a segment keeps free behind a block so that it can always be ended: by a seal, or by an empty block with one.</summary>
    public const int Reserve = BlockHeader.Size + (2 * Seal.Size);
}
