using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Core.Rules.Rulebooks;
using Verification.Core.Rules.Timelines;

namespace Verification.Caching.Memory;

/// <summary>
/// What the registry held of a number at a revision, compiled: under the rulebook in use, and ahead of their first day under those
/// that are known to follow it. A look into bytes, wherever they lie; they tell the same for ever, but for <see cref="ReadAt"/>, which may
/// rise where a later reading found the same.
/// </summary>
/// <remarks>
/// The bytes: the number in 16; <see cref="ReadAt"/> in 8; a word of <see cref="LastRevision"/> in 48 bits, <see cref="IsAbsent"/> in one, the
/// number of the list of rulebooks in 7, and the length in units of <see cref="Slot.Alignment"/> in 8, 0 where they are too many for that. Of a
/// permit then how many different timelines follow; where it is not one for all rulebooks, for each of them which it is, from 1, or 0 for
/// none, and the length of each timeline but the last in 4 bytes; and the timelines.
/// </remarks>
internal readonly struct CompiledPermit
{
    /// <summary>The bytes of what is told of an absence, and those before the timelines of a permit.</summary>
    public const int HeadSize = 32;

    /// <summary>The bytes of the number.</summary>
    public const int NumberSize = 16;

    /// <summary>The most bytes of which the length can be told.</summary>
    public const int LongestTold = MostUnits * Slot.Alignment;

    private const int ReadAtOffset = NumberSize;
    private const int WordOffset = 24;
    private const int RevisionBits = 48;
    private const ulong AbsentFlag = 1UL << RevisionBits;
    private const int ListShift = RevisionBits + 1;
    private const int UnitsShift = 56;
    private const int MostUnits = 255;
    private const byte OneForAll = byte.MaxValue;

    private readonly byte[] _bytes;
    private readonly int _start;
    private readonly ImmutableArray<Rulebook> _rulebooks;

    /// <summary>Compiles what the registry held.</summary>
    /// <param name="number">The number.</param>
    /// <param name="history">The facts; null when the registry knew no such number.</param>
    /// <param name="readAt">The revision of the registry's snapshot.</param>
    /// <param name="rulebooks">The rulebook in use, and those that follow.</param>
    public CompiledPermit(PermitNumber number, PermitHistory? history, long readAt, ImmutableArray<Rulebook> rulebooks)
    {
        _rulebooks = rulebooks;
        var isAbsent = history is null || history.Effective.IsEmpty;
        _bytes = isAbsent ? new byte[HeadSize] : Bytes(history!, rulebooks);
        BinaryPrimitives.WriteUInt128LittleEndian(_bytes, number.Packed);
        BinaryPrimitives.WriteInt64LittleEndian(_bytes.AsSpan(ReadAtOffset), readAt);
        var lastRevision = (ulong)(history?.Events[^1].Revision ?? 0);
        IsTooLong = lastRevision >> RevisionBits != 0;
        var units = _bytes.Length / Slot.Alignment;
        Word = (lastRevision & (AbsentFlag - 1)) | (isAbsent ? AbsentFlag : 0) | ((ulong)(units > MostUnits ? 0 : units) << UnitsShift);
    }

    /// <summary>One that is held.</summary>
    /// <param name="bytes">Where it lies.</param>
    /// <param name="start">The place of its first byte.</param>
    /// <param name="lists">The lists of rulebooks.</param>
    public CompiledPermit(byte[] bytes, int start, RulebookLists lists)
    {
        _bytes = bytes;
        _start = start;
        _rulebooks = lists[ListIn(bytes.AsSpan(start))];
    }

    /// <summary>Whether there is no such permit, by any rulebook: the registry knows no such number, or all that it knows is annulled.</summary>
    public bool IsAbsent => (Word & AbsentFlag) != 0;

    /// <summary>The revision of the registry's snapshot.</summary>
    public long ReadAt => ReadAtIn(_bytes.AsSpan(_start));

    /// <summary>The revision of the number's last event; 0 when it has none.</summary>
    public long LastRevision => (long)(Word & (AbsentFlag - 1));

    /// <summary>The rulebooks that it was compiled under.</summary>
    public ImmutableArray<Rulebook> Rulebooks => _rulebooks;

    /// <summary>Its bytes where it was just compiled: its list of rulebooks has no number yet.</summary>
    public Span<byte> Fresh => _bytes;

    /// <summary>Whether its last revision is beyond what the bytes can tell: it is not to be held.</summary>
    public bool IsTooLong { get; }

    private ulong Word
    {
        get => BinaryPrimitives.ReadUInt64LittleEndian(_bytes.AsSpan(_start + WordOffset));
        init => BinaryPrimitives.WriteUInt64LittleEndian(_bytes.AsSpan(_start + WordOffset), value);
    }

    /// <summary>Tells the timeline under a rulebook, null when there is no such permit by it. Allocates nothing.</summary>
    /// <returns>False when it was not compiled under that one.</returns>
    public bool TryTell(Rulebook rulebook, out PermitTimeline? timeline)
    {
        timeline = null;
        if (IsAbsent)
        {
            return true;
        }

        var place = 0;
        while (_rulebooks[place] != rulebook)
        {
            if (++place == _rulebooks.Length)
            {
                return false;
            }
        }

        if (StartOf(place) is var start and > 0)
        {
            timeline = PermitTimeline.At(_bytes, _start, start, rulebook);
        }

        return true;
    }

    /// <summary>The revision at which an entry was read.</summary>
    public static long ReadAtIn(ReadOnlySpan<byte> entry) =>
        Volatile.Read(in MemoryMarshal.AsRef<long>(entry.Slice(ReadAtOffset, sizeof(long))));

    /// <summary>Says of an entry that a later reading found the same.</summary>
    public static void RaiseReadAt(Span<byte> entry, long readAt) =>
        Volatile.Write(ref MemoryMarshal.AsRef<long>(entry.Slice(ReadAtOffset, sizeof(long))), readAt);

    /// <summary>The number of an entry's list of rulebooks.</summary>
    public static int ListIn(ReadOnlySpan<byte> entry) =>
        (int)(BinaryPrimitives.ReadUInt64LittleEndian(entry[WordOffset..]) >> ListShift) & (RulebookLists.Most - 1);

    /// <summary>Writes the number of an entry's list of rulebooks.</summary>
    public static void SetList(Span<byte> entry, int list)
    {
        var word = BinaryPrimitives.ReadUInt64LittleEndian(entry[WordOffset..]);
        var others = word & ~((ulong)(RulebookLists.Most - 1) << ListShift);
        BinaryPrimitives.WriteUInt64LittleEndian(entry[WordOffset..], others | ((ulong)list << ListShift));
    }

    /// <summary>An entry's length in bytes; 0 where it is too long to be told: then it lies alone.</summary>
    public static int LengthIn(ReadOnlySpan<byte> entry) => entry[WordOffset + sizeof(ulong) - 1] * Slot.Alignment;

    /// <summary>What an entry tells, without the number and the revision at which it was read.</summary>
    public static ReadOnlySpan<byte> FactsIn(ReadOnlySpan<byte> entry) => entry[WordOffset..];

    private static byte[] Bytes(PermitHistory history, ImmutableArray<Rulebook> rulebooks)
    {
        var packed = new List<byte[]>(1);
        Span<byte> which = stackalloc byte[rulebooks.Length];
        for (var i = 0; i < rulebooks.Length; i++)
        {
            if (TimelineCompiler.Pack(history, rulebooks[i]) is not { } timeline)
            {
                continue;
            }

            var known = packed.FindIndex(other => other.AsSpan().SequenceEqual(timeline));
            if (known < 0)
            {
                known = packed.Count;
                packed.Add(timeline);
            }

            which[i] = (byte)(known + 1);
        }

        var isOneForAll = packed.Count == 1 && !which.Contains((byte)0);
        var length = HeadSize + 1 + (isOneForAll ? 0 : which.Length + (sizeof(int) * Math.Max(0, packed.Count - 1)))
            + packed.Sum(timeline => timeline.Length - PermitTimeline.NumberSize);
        var bytes = new byte[(length + Slot.Alignment - 1) / Slot.Alignment * Slot.Alignment];
        var rest = bytes.AsSpan(HeadSize);
        rest[0] = (byte)(isOneForAll ? OneForAll : packed.Count);
        rest = rest[1..];
        if (!isOneForAll)
        {
            which.CopyTo(rest);
            rest = rest[which.Length..];
            foreach (var timeline in packed.SkipLast(1))
            {
                BinaryPrimitives.WriteInt32LittleEndian(rest, timeline.Length - PermitTimeline.NumberSize);
                rest = rest[sizeof(int)..];
            }
        }

        foreach (var timeline in packed)
        {
            timeline.AsSpan(PermitTimeline.NumberSize).CopyTo(rest);
            rest = rest[(timeline.Length - PermitTimeline.NumberSize)..];
        }

        return bytes;
    }

    /// <summary>Where the timeline under the rulebook at a place begins; 0 where there is none.</summary>
    private int StartOf(int place)
    {
        var at = _start + HeadSize;
        int count = _bytes[at++];
        if (count == OneForAll)
        {
            return at;
        }

        int which = _bytes[at + place];
        if (which == 0)
        {
            return 0;
        }

        var lengths = at + _rulebooks.Length;
        at = lengths + (sizeof(int) * (count - 1));
        for (var i = 0; i < which - 1; i++)
        {
            at += BinaryPrimitives.ReadInt32LittleEndian(_bytes.AsSpan(lengths + (sizeof(int) * i)));
        }

        return at;
    }
}
