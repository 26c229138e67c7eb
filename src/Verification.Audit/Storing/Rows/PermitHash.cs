using System.Buffers.Binary;
using Verification.Audit.Format;

namespace Verification.Audit.Storing.Rows;

/// <summary>
/// What the index knows of a permit: 32 bits. Among 100,000,000 permits one in forty shares its hash with another, whose blocks are
/// then opened in vain. Kept in the database: it must never change for a given number.
/// </summary>
internal static class PermitHash
{
    /// <summary>How many values the first bits take by which the index is clustered.</summary>
    public const int Prefixes = 1 << PrefixBits;

    /// <summary>The bits of a hash behind its prefix.</summary>
    public const uint RestMask = (1u << (32 - PrefixBits)) - 1;

    private const int PrefixBits = 8;

    /// <summary>CRC-32C of the number as a record has it: two words of eight bytes.</summary>
    /// <param name="packed">The number, packed.</param>
    public static uint Of(UInt128 packed)
    {
        Span<byte> words = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64LittleEndian(words, (ulong)(packed >> 64));
        BinaryPrimitives.WriteUInt64LittleEndian(words[8..], (ulong)packed);
        return Crc32C.Of(words);
    }

    /// <summary>The prefix, from 0.</summary>
    public static int PrefixOf(uint hash) => (int)(hash >> (32 - PrefixBits));
}
