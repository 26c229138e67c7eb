using System.Buffers.Binary;
using System.Collections.Immutable;
using Verification.Audit.Records;
using Verification.Core.Permits;
using Verification.Core.Rules.Codes;

namespace Verification.Audit.Format;

/// <summary>Reads the frames of one block, in their order.</summary>
internal sealed class RecordDecoder(BlockHeader header)
{
    private readonly int _baseDay = AuditTime.DayNumber(header.BaseInstant);
    private readonly List<object> _entries = [];
    private readonly byte[] _message = new byte[16];

    /// <summary>Reads the body of a frame.</summary>
    /// <returns>The record; null where it is a dictionary entry.</returns>
    /// <exception cref="InvalidDataException">It is neither, by what this version knows.</exception>
    public AuditRecord? Read(ReadOnlySpan<byte> body)
    {
        if (EntryEncoder.IsEntry(body))
        {
            _entries.Add(ReadEntry(body));
            return null;
        }

        try
        {
            var reader = new ByteReader(body);
            var record = ReadRecord(ref reader);
            return reader.IsAtEnd ? record : throw new InvalidDataException("A record is longer than its fields.");
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or OverflowException)
        {
            throw new InvalidDataException("A record's field is out of its range.", exception);
        }
    }

    private static object ReadEntry(ReadOnlySpan<byte> body)
    {
        var reader = new ByteReader(body);
        var kind = (EntryKind)reader.Byte();
        return kind switch
        {
            EntryKind.Consumer => ReadConsumer(ref reader),
            EntryKind.Rulebook or EntryKind.Reason => reader.Text(),
            EntryKind.Entitlements => body[1..].ToArray().Select(code => (Entitlement)code).ToImmutableArray(),
            EntryKind.Decisions when body.Length % 3 == 1 =>
                body[1..].ToArray().Chunk(3).Select(it => new EntitlementDecision((Entitlement)it[0], (Decision)it[1], (Basis)it[2])).ToImmutableArray(),
            _ => throw new InvalidDataException($"A dictionary entry of the unknown kind 0x{(byte)kind:X2}."),
        };
    }

    private static AuditConsumer ReadConsumer(ref ByteReader reader)
    {
        var @class = (ConsumerClass)reader.Byte();
        return new AuditConsumer(reader.Text(), @class);
    }

    private AuditRecord ReadRecord(ref ByteReader reader)
    {
        var call = (AuditCall)reader.Byte();
        var namesLength = reader.Byte();
        var fields = (RecordFields)reader.Number();
        if ((fields & ~RecordFields.All) != 0)
        {
            throw new InvalidDataException("A record has fields that this version does not know.");
        }

        // An object's initializers run in their order, which is the fields' order.
        long instant;
        var plain = new AuditRecord
        {
            Call = call,
            Consumer = Has(RecordFields.Consumer) ? Entry<AuditConsumer>(ref reader) : null,
            Entitlements = Has(RecordFields.Entitlements) ? Entry<ImmutableArray<Entitlement>>(ref reader) : [],
            Decisions = Has(RecordFields.Decisions) ? Entry<ImmutableArray<EntitlementDecision>>(ref reader) : [],
            Answer = Has(RecordFields.Answer) ? ReadAnswer(ref reader, Has(RecordFields.FirstNotValid)) : null,
            Role = Has(RecordFields.Role) ? (SubjectRole)reader.Byte() : null,
            Refusal = Has(RecordFields.Refusal) ? new AuditRefusal(Entry<string>(ref reader), reader.Count()) : null,
            AsOf = Has(RecordFields.AsOf) ? ReadDay(ref reader) : null,
            Through = Has(RecordFields.Through) ? ReadDay(ref reader) : null,
            CardEdition = Has(RecordFields.CardEdition) ? reader.Count() : null,
            KnownAt = Has(RecordFields.KnownAt) ? header.BaseRevision + reader.Signed() : null,
            Provenance = Has(RecordFields.Provenance) ? ReadProvenance(ref reader) : null,
            Instant = AuditTime.FromMicroseconds(instant = header.BaseInstant + reader.Signed()),
            CheckId = new CheckId(Guid.Empty, Has(RecordFields.Item) ? reader.Count() : null),
            Reference = Has(RecordFields.Reference) ? AuditText.FromStored(reader.Text(reader.Count())) : default,
            Note = Has(RecordFields.Note) ? AuditText.FromStored(reader.Text(reader.Count())) : default,
        };
        return reader.Left != namesLength ? throw new InvalidDataException("A record's names begin in another place.") : plain with
        {
            CheckId = plain.CheckId with { Message = ReadMessage(ref reader, fields, instant) },
            Number = Has(RecordFields.Number) ? PermitNumber.FromPacked(new UInt128(reader.UInt64(), reader.Number())) : null,
            Identity = Has(RecordFields.Identity)
                ? new AuditIdentity((IdentityDocument)reader.Byte(), BinaryPrimitives.ReadUInt128BigEndian(reader.Take(16)))
                : null,
        };

        bool Has(RecordFields field) => (fields & field) != 0;
    }

    private AuditAnswer ReadAnswer(ref ByteReader reader, bool hasFirstNotValid)
    {
        var standing = new Standing((PermitStatus)reader.Byte(), (StatusReasons)reader.Count());
        var matches = reader.Byte();
        return new AuditAnswer(
            standing,
            (SubjectMatch)(matches & 0xF),
            (CardMatch)(matches >> 4),
            hasFirstNotValid ? (ReadDay(ref reader), (PermitStatus)reader.Byte()) : null);
    }

    private AuditProvenance ReadProvenance(ref ByteReader reader)
    {
        var version = Entry<string>(ref reader);
        return new AuditProvenance(
            header.BaseRevision + reader.Signed(), AuditTime.FromMicroseconds(header.BaseInstant + reader.Signed()), version);
    }

    private Guid ReadMessage(ref ByteReader reader, RecordFields fields, long instant)
    {
        if ((fields & RecordFields.MessageAtInstant) != 0)
        {
            var milliseconds = instant / AuditTime.MicrosecondsPerMillisecond;
            for (var place = 5; place >= 0; place--, milliseconds >>= 8)
            {
                _message[place] = (byte)milliseconds;
            }

            reader.Take(10).CopyTo(_message.AsSpan(6));
        }
        else if ((fields & RecordFields.SameMessage) == 0)
        {
            reader.Take(16).CopyTo(_message);
        }

        return new Guid(_message, bigEndian: true);
    }

    private DateOnly ReadDay(ref ByteReader reader) => DateOnly.FromDayNumber(checked((int)(_baseDay + reader.Signed())));

    private T Entry<T>(ref ByteReader reader)
    {
        var number = reader.Count();
        return number < _entries.Count && _entries[number] is T entry
            ? entry
            : throw new InvalidDataException($"A record names the dictionary entry {number}, which is not there.");
    }
}
