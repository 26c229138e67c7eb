using System.Runtime.InteropServices;
using Verification.Audit.Records;
using Verification.Core.Rules.Codes;

namespace Verification.Audit.Format;

/// <summary>
/// Gives what repeats in a block its number, and writes it as a dictionary entry where it is new. What is the same as in the record before is
/// recognised without being looked up.
/// </summary>
internal sealed class EntryEncoder
{
    private const int EntryBit = 0x80;

    private readonly BlockDictionary _dictionary = new();
    private readonly RecentCodes _entitlements = new(DraftRules.MaxEntitlements);
    private readonly RecentCodes _decisions = new(3 * DraftRules.MaxEntitlements);
    private (AuditConsumer Asked, ulong Number)? _consumer;
    private (string Version, ulong Number)? _rulebook;

    /// <summary>Whether a frame's body is a dictionary entry, and no record.</summary>
    public static bool IsEntry(ReadOnlySpan<byte> body) => (body[0] & EntryBit) != 0;

    /// <summary>Another block begins.</summary>
    public void Clear()
    {
        _dictionary.Clear();
        _entitlements.Clear();
        _decisions.Clear();
        (_consumer, _rulebook) = (null, null);
    }

    /// <summary>The number of a consumer.</summary>
    public ulong Consumer(in AuditConsumer consumer, ref ByteWriter entries)
    {
        if (_consumer is { } last && last.Asked == consumer)
        {
            return last.Number;
        }

        Span<byte> bytes = stackalloc byte[2 + (AuditConsumer.MaxNameLength * 3)];
        var entry = new ByteWriter(bytes);
        entry.Byte((byte)EntryKind.Consumer);
        entry.Byte((byte)consumer.Class);
        entry.Utf8(consumer.Name);
        var number = Refer(entry.Written, ref entries);
        _consumer = (consumer, number);
        return number;
    }

    /// <summary>The number of a rulebook's version.</summary>
    public ulong Rulebook(string version, ref ByteWriter entries)
    {
        if (_rulebook is { } last && last.Version == version)
        {
            return last.Number;
        }

        var number = Text(EntryKind.Rulebook, version, ref entries);
        _rulebook = (version, number);
        return number;
    }

    /// <summary>The number of a refusal's reason.</summary>
    public ulong Reason(string reason, ref ByteWriter entries) => Text(EntryKind.Reason, reason, ref entries);

    /// <summary>The number of entitlements asked for.</summary>
    public ulong Entitlements(ReadOnlySpan<Entitlement> entitlements, ref ByteWriter entries) =>
        Codes(EntryKind.Entitlements, MemoryMarshal.AsBytes(entitlements), _entitlements, ref entries);

    /// <summary>The number of decisions told: entitlement, decision and basis stand in memory as in the entry, a byte each.</summary>
    public ulong Decisions(ReadOnlySpan<EntitlementDecision> decisions, ref ByteWriter entries) =>
        Codes(EntryKind.Decisions, MemoryMarshal.AsBytes(decisions), _decisions, ref entries);

    private ulong Codes(EntryKind kind, ReadOnlySpan<byte> codes, RecentCodes recent, ref ByteWriter entries) =>
        recent.TryFind(codes, out var number) ? number : ReferToCodes(kind, codes, recent, ref entries);

    private ulong ReferToCodes(EntryKind kind, ReadOnlySpan<byte> codes, RecentCodes recent, ref ByteWriter entries)
    {
        Span<byte> bytes = stackalloc byte[1 + (3 * DraftRules.MaxEntitlements)];
        var entry = new ByteWriter(bytes);
        entry.Byte((byte)kind);
        entry.Bytes(codes);
        var number = Refer(entry.Written, ref entries);
        recent.Keep(codes, number);
        return number;
    }

    private ulong Text(EntryKind kind, string text, ref ByteWriter entries)
    {
        Span<byte> bytes = stackalloc byte[1 + (AuditProvenance.MaxVersionLength * 3)];
        var entry = new ByteWriter(bytes);
        entry.Byte((byte)kind);
        entry.Utf8(text);
        return Refer(entry.Written, ref entries);
    }

    private ulong Refer(scoped ReadOnlySpan<byte> entry, ref ByteWriter entries)
    {
        if (_dictionary.Add(entry, out var number))
        {
            Frame.Write(entry, entries.Take(entry.Length + Frame.Overhead));
        }

        return (ulong)number;
    }
}
