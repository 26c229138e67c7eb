using Verification.Audit.Records;
using Verification.Core.Rules.Codes;

namespace Verification.Audit.Format;

/// <summary>Gives what repeats in a block its number, and writes it as a dictionary entry where it is new.</summary>
internal sealed class EntryEncoder
{
    private readonly BlockDictionary _dictionary = new();

    /// <summary>Another block begins.</summary>
    public void Clear() => _dictionary.Clear();

    /// <summary>The number of a consumer.</summary>
    public ulong Refer(in AuditConsumer consumer, ref ByteWriter entries)
    {
        Span<byte> bytes = stackalloc byte[2 + (AuditConsumer.MaxNameLength * 3)];
        var entry = new ByteWriter(bytes);
        entry.Byte((byte)EntryKind.Consumer);
        entry.Byte((byte)consumer.Class);
        entry.Utf8(consumer.Name);
        return Refer(entry.Written, ref entries);
    }

    /// <summary>The number of a rulebook's version or a refusal's reason.</summary>
    public ulong Refer(EntryKind kind, string text, ref ByteWriter entries)
    {
        Span<byte> bytes = stackalloc byte[1 + (AuditProvenance.MaxVersionLength * 3)];
        var entry = new ByteWriter(bytes);
        entry.Byte((byte)kind);
        entry.Utf8(text);
        return Refer(entry.Written, ref entries);
    }

    /// <summary>The number of entitlements asked for.</summary>
    public ulong Refer(ReadOnlySpan<Entitlement> entitlements, ref ByteWriter entries)
    {
        Span<byte> bytes = stackalloc byte[1 + DraftRules.MaxEntitlements];
        var entry = new ByteWriter(bytes);
        entry.Byte((byte)EntryKind.Entitlements);
        foreach (var entitlement in entitlements)
        {
            entry.Byte((byte)entitlement);
        }

        return Refer(entry.Written, ref entries);
    }

    /// <summary>The number of decisions told.</summary>
    public ulong Refer(ReadOnlySpan<EntitlementDecision> decisions, ref ByteWriter entries)
    {
        Span<byte> bytes = stackalloc byte[1 + (3 * DraftRules.MaxEntitlements)];
        var entry = new ByteWriter(bytes);
        entry.Byte((byte)EntryKind.Decisions);
        foreach (var decision in decisions)
        {
            entry.Byte((byte)decision.Entitlement);
            entry.Byte((byte)decision.Decision);
            entry.Byte((byte)decision.Basis);
        }

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
