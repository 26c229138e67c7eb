using System.Buffers.Binary;
using Verification.Audit.Records;

namespace Verification.Audit.Format;

/// <summary>Writes the records of one block after the other. Not safe for concurrent use; allocates nothing but for the growth of a block's dictionary.</summary>
internal sealed class BlockEncoder
{
    private readonly EntryEncoder _entries = new();
    private BlockHeader _header;
    private int _baseDay;
    private Guid _message;

    /// <summary>Begins a block.</summary>
    /// <returns>How many bytes it wrote.</returns>
    public int Begin(in BlockHeader header, Span<byte> destination)
    {
        _header = header;
        _baseDay = AuditTime.DayNumber(header.BaseInstant);
        _message = Guid.Empty;
        _entries.Clear();
        header.Write(destination);
        return BlockHeader.Size;
    }

    /// <summary>Writes a record, behind the dictionary entries that are new with it.</summary>
    /// <param name="draft">The record.</param>
    /// <param name="destination">At least <see cref="Layout.MaxAppend"/> bytes.</param>
    /// <returns>How many bytes it wrote.</returns>
    /// <exception cref="ArgumentException">A field is longer than the format has it. Nothing was written.</exception>
    public int Append(in AuditDraft draft, Span<byte> destination)
    {
        DraftRules.Demand(draft);
        var entries = new ByteWriter(destination);
        var numbers = NumbersOf(draft, ref entries);
        var frame = destination[entries.Length..];
        var body = new ByteWriter(frame[Layout.LengthSize..]);
        var instant = AuditTime.ToMicroseconds(draft.Instant);
        Span<byte> message = stackalloc byte[16];
        var fields = FieldsOf(draft) | MessageForm(draft.CheckId.Message, message, instant);

        body.Byte((byte)draft.Call);
        var namesLength = body.Take(1);
        body.Number((ulong)fields);
        WriteAnswer(draft, numbers, ref body);
        WriteQuestion(draft, ref body);
        if (draft.Provenance is { } provenance)
        {
            body.Number(numbers.Rulebook);
            body.Signed(provenance.Revision - _header.BaseRevision);
            body.Signed(AuditTime.ToMicroseconds(provenance.DataAsOf) - _header.BaseInstant);
        }

        body.Signed(instant - _header.BaseInstant);
        WriteItemAndTexts(draft, ref body);
        var plainLength = body.Length;
        WriteNames(draft, fields, message, ref body);
        namesLength[0] = (byte)(body.Length - plainLength);
        _message = draft.CheckId.Message;
        return entries.Length + Frame.Close(body.Length, frame);
    }

    /// <summary>The numbers of what repeats in a record; of what is new with it the entries are written.</summary>
    private EntryNumbers NumbersOf(in AuditDraft draft, ref ByteWriter entries) => new(
        Consumer: draft.Consumer is { } consumer ? _entries.Consumer(consumer, ref entries) : 0,
        Entitlements: draft.Entitlements.IsEmpty ? 0 : _entries.Entitlements(draft.Entitlements, ref entries),
        Decisions: draft.Decisions.IsEmpty ? 0 : _entries.Decisions(draft.Decisions, ref entries),
        Reason: draft.Refusal is { } refusal ? _entries.Reason(refusal.Reason, ref entries) : 0,
        Rulebook: draft.Provenance is { } provenance ? _entries.Rulebook(provenance.RulebookVersion, ref entries) : 0);

    private static RecordFields FieldsOf(in AuditDraft draft)
    {
        return If(draft.Consumer is not null, RecordFields.Consumer)
            | If(!draft.Entitlements.IsEmpty, RecordFields.Entitlements)
            | If(!draft.Decisions.IsEmpty, RecordFields.Decisions)
            | If(draft.Answer is not null, RecordFields.Answer)
            | If(draft.Answer?.FirstNotValid is not null, RecordFields.FirstNotValid)
            | If(draft.Role is not null, RecordFields.Role)
            | If(draft.Refusal is not null, RecordFields.Refusal)
            | If(draft.AsOf is not null, RecordFields.AsOf)
            | If(draft.Through is not null, RecordFields.Through)
            | If(draft.CardEdition is not null, RecordFields.CardEdition)
            | If(draft.KnownAt is not null, RecordFields.KnownAt)
            | If(draft.Provenance is not null, RecordFields.Provenance)
            | If(draft.CheckId.Item is not null, RecordFields.Item)
            | If(draft.Number is { } number && number != default, RecordFields.Number)
            | If(draft.Identity is not null, RecordFields.Identity)
            | If(!draft.Reference.IsEmpty, RecordFields.Reference)
            | If(!draft.Note.IsEmpty, RecordFields.Note);

        static RecordFields If(bool has, RecordFields field) => has ? field : RecordFields.None;
    }

    private static void WriteText(AuditText text, ref ByteWriter body)
    {
        Span<byte> utf8 = stackalloc byte[AuditText.MaxBytes];
        var writer = new ByteWriter(utf8);
        writer.Utf8(text.ToString());
        body.Number((ulong)writer.Length);
        body.Bytes(writer.Written);
    }

    private RecordFields MessageForm(Guid id, Span<byte> message, long instant)
    {
        if (id == _message && id != Guid.Empty)
        {
            return RecordFields.SameMessage;
        }

        id.TryWriteBytes(message, bigEndian: true, out _);
        var milliseconds = (long)(BinaryPrimitives.ReadUInt64BigEndian(message) >> 16);
        return instant >= 0 && milliseconds == instant / AuditTime.MicrosecondsPerMillisecond ? RecordFields.MessageAtInstant : RecordFields.None;
    }

    private void WriteAnswer(in AuditDraft draft, in EntryNumbers numbers, ref ByteWriter body)
    {
        if (draft.Consumer is not null)
        {
            body.Number(numbers.Consumer);
        }

        if (!draft.Entitlements.IsEmpty)
        {
            body.Number(numbers.Entitlements);
        }

        if (!draft.Decisions.IsEmpty)
        {
            body.Number(numbers.Decisions);
        }

        if (draft.Answer is { } answer)
        {
            body.Byte((byte)answer.Standing.Status);
            body.Number((ulong)answer.Standing.Reasons);
            body.Byte((byte)((int)answer.SubjectMatch | ((int)answer.CardMatch << 4)));
            if (answer.FirstNotValid is { } first)
            {
                WriteDay(first.On, ref body);
                body.Byte((byte)first.Status);
            }
        }

        if (draft.Role is { } role)
        {
            body.Byte((byte)role);
        }

        if (draft.Refusal is { } refusal)
        {
            body.Number(numbers.Reason);
            body.Number((ulong)refusal.Count);
        }
    }

    private void WriteQuestion(in AuditDraft draft, ref ByteWriter body)
    {
        if (draft.AsOf is { } asOf)
        {
            WriteDay(asOf, ref body);
        }

        if (draft.Through is { } through)
        {
            WriteDay(through, ref body);
        }

        if (draft.CardEdition is { } edition)
        {
            body.Number((ulong)edition);
        }

        if (draft.KnownAt is { } knownAt)
        {
            body.Signed(knownAt - _header.BaseRevision);
        }
    }

    private static void WriteItemAndTexts(in AuditDraft draft, ref ByteWriter body)
    {
        if (draft.CheckId.Item is { } item)
        {
            body.Number((ulong)item);
        }

        if (!draft.Reference.IsEmpty)
        {
            WriteText(draft.Reference, ref body);
        }

        if (!draft.Note.IsEmpty)
        {
            WriteText(draft.Note, ref body);
        }
    }

    /// <summary>What hardly ever repeats stands together at the end, so that it can be set aside where the rest is packed.</summary>
    private static void WriteNames(in AuditDraft draft, RecordFields fields, scoped ReadOnlySpan<byte> message, ref ByteWriter body)
    {
        if ((fields & RecordFields.SameMessage) == 0)
        {
            body.Bytes((fields & RecordFields.MessageAtInstant) == 0 ? message : message[6..]);
        }

        if ((fields & RecordFields.Number) != 0)
        {
            var packed = draft.Number!.Value.Packed;
            body.UInt64((ulong)(packed >> 64));
            body.Number((ulong)packed);
        }

        if (draft.Identity is { } identity)
        {
            body.Byte((byte)identity.Document);
            BinaryPrimitives.WriteUInt128BigEndian(body.Take(16), identity.Digest);
        }
    }

    private void WriteDay(DateOnly date, ref ByteWriter body) => body.Signed(date.DayNumber - _baseDay);

    private readonly record struct EntryNumbers(ulong Consumer, ulong Entitlements, ulong Decisions, ulong Reason, ulong Rulebook);
}
