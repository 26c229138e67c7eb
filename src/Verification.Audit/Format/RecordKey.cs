using System.Buffers.Binary;

namespace Verification.Audit.Format;

/// <summary>What a record is found by, read out of its frame without the rest of it.</summary>
/// <param name="Instant">When its message came, in microseconds.</param>
/// <param name="MessageMilliseconds">The milliseconds that its message's identifier begins with.</param>
/// <param name="Permit">Its permit's number, packed; null where it has none.</param>
internal readonly record struct RecordKey(long Instant, long MessageMilliseconds, UInt128? Permit)
{
    private const int MessageTail = 10;

    /// <summary>Reads the body of a record's frame. Allocates nothing.</summary>
    /// <param name="body">The body.</param>
    /// <param name="header">The header of its block.</param>
    /// <param name="before">The key of the record before it in the block; the default for the first.</param>
    /// <exception cref="InvalidDataException">It is no record, by what this version knows.</exception>
    public static RecordKey Read(ReadOnlySpan<byte> body, in BlockHeader header, in RecordKey before)
    {
        var reader = new ByteReader(body);
        reader.Byte();
        var namesLength = reader.Byte();
        var fields = (RecordFields)reader.Number();
        SkipPlain(ref reader, fields);
        var instant = header.BaseInstant + reader.Signed();
        if ((fields & ~RecordFields.All) != 0 || namesLength > reader.Left)
        {
            throw new InvalidDataException("A record has fields that this version does not know.");
        }

        var names = new ByteReader(body[^namesLength..]);
        long milliseconds;
        if ((fields & RecordFields.MessageAtInstant) != 0)
        {
            milliseconds = instant / AuditTime.MicrosecondsPerMillisecond;
            names.Take(MessageTail);
        }
        else
        {
            milliseconds = (fields & RecordFields.SameMessage) != 0
                ? before.MessageMilliseconds
                : (long)(BinaryPrimitives.ReadUInt64BigEndian(names.Take(MessageTail + 6)) >> 16);
        }

        return new RecordKey(
            instant,
            milliseconds,
            (fields & RecordFields.Number) != 0 ? new UInt128(names.UInt64(), names.Number()) : null);
    }

    /// <summary>Passes over the fields that stand before the instant.</summary>
    private static void SkipPlain(ref ByteReader reader, RecordFields fields)
    {
        Numbers(ref reader, Has(RecordFields.Consumer) + Has(RecordFields.Entitlements) + Has(RecordFields.Decisions));
        if (Has(RecordFields.Answer) > 0)
        {
            reader.Byte();
            reader.Number();
            reader.Byte();
            if (Has(RecordFields.FirstNotValid) > 0)
            {
                reader.Number();
                reader.Byte();
            }
        }

        reader.Take(Has(RecordFields.Role));
        Numbers(
            ref reader,
            (2 * Has(RecordFields.Refusal)) + Has(RecordFields.AsOf) + Has(RecordFields.Through) + Has(RecordFields.CardEdition)
                + Has(RecordFields.KnownAt) + (3 * Has(RecordFields.Provenance)));

        int Has(RecordFields field) => (fields & field) != 0 ? 1 : 0;

        static void Numbers(ref ByteReader reader, int count)
        {
            for (; count > 0; count--)
            {
                reader.Number();
            }
        }
    }
}
