using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Verification.Core.Rules.Codes;
using Verification.Core.Rules.Dates;
using Verification.Core.Rules.Kinds;

namespace Verification.Core.Rules.Timelines;

/// <summary>Writes the bytes of a <see cref="PermitTimeline"/>, which tells their layout.</summary>
internal static class TimelinePacker
{
    /// <summary>Marks a date that is never.</summary>
    public const int Never = 0;

    /// <summary>Marks a date that is the same as <see cref="Foresight.Until"/>.</summary>
    public const int LikeUntil = 1;

    /// <summary>Marks a date that is spelled out.</summary>
    public const int Date = 2;

    /// <summary>The bytes of a timeline, its permit's number before them.</summary>
    /// <param name="facts">What does not change with the date.</param>
    /// <param name="stretches">In order of date, the first from the issue date; after the last nothing is to come.</param>
    /// <param name="records">In order of date, the first from the issue date.</param>
    /// <param name="hidden">The reasons that the rulebook's restricted view does not show.</param>
    /// <exception cref="ArgumentException">They are not in that order: what they were made of is damaged.</exception>
    public static byte[] Pack(
        TimelineFacts facts, List<Stretch> stretches, List<TermRecord> records, StatusReasons hidden)
    {
        var bytes = new List<byte>(256);
        CollectionsMarshal.SetCount(bytes, PermitTimeline.NumberSize);
        BinaryPrimitives.WriteUInt128LittleEndian(CollectionsMarshal.AsSpan(bytes), facts.Number.Packed);

        var members = MembersOf(records);
        bytes.Add((byte)((int)facts.Kind
            | (facts.Holder is null ? 0 : PermitTimeline.HasHolder)
            | (members.Count == 0 ? 0 : PermitTimeline.HasMembers)
            | (facts.HoldsIdentity ? PermitTimeline.KnowsIdentity : 0)));
        var issued = facts.IssuedOn.DayNumber;
        bytes.AddRange((byte)issued, (byte)(issued >> 8), (byte)(issued >> 16));
        if (facts.Holder is { } holder)
        {
            WriteIdentity(bytes, holder.First128Bits);
        }

        if (members.Count > 0)
        {
            bytes.WriteNumber(members.Count);
            foreach (var member in members)
            {
                bytes.Add((byte)member.Relation);
                WriteIdentity(bytes, member.Identity);
            }
        }

        var recorded = Records(records, members, issued);
        bytes.WriteNumber(recorded.Count);
        bytes.AddRange(CollectionsMarshal.AsSpan(recorded));
        WriteStretches(bytes, stretches, issued, hidden);
        return [.. bytes];
    }

    private static FamilyMember MemberOf(Dependant dependant) => new(dependant.Relation, dependant.Identity.First128Bits);

    /// <summary>Everybody who ever was in the family, in the order in which they came.</summary>
    private static List<FamilyMember> MembersOf(List<TermRecord> records)
    {
        List<FamilyMember> members = [];
        foreach (var record in records)
        {
            foreach (var dependant in record.Family)
            {
                if (MemberOf(dependant) is var member && !members.Contains(member))
                {
                    members.Add(member);
                }
            }
        }

        return members;
    }

    private static void WriteIdentity(List<byte> bytes, UInt128 identity)
    {
        Span<byte> digest = stackalloc byte[PermitTimeline.IdentitySize];
        BinaryPrimitives.WriteUInt128LittleEndian(digest, identity);
        bytes.AddRange((ReadOnlySpan<byte>)digest);
    }

    private static List<byte> Records(List<TermRecord> records, List<FamilyMember> members, int issued)
    {
        var bytes = new List<byte>(32);
        var expires = issued;
        for (var i = records.Count - 1; i >= 0; i--)
        {
            var record = records[i];
            ThrowUnless(i == 0 ? record.From.DayNumber == issued : record.From > records[i - 1].From);
            bytes.WriteNumber(record.From.DayNumber - issued);
            bytes.WriteSigned(record.ExpiresOn.DayNumber - expires);
            bytes.WriteNumber(record.Edition);
            bytes.WriteNumber(record.Family.Length);
            foreach (var dependant in record.Family)
            {
                bytes.WriteNumber(members.IndexOf(MemberOf(dependant)));
            }

            expires = record.ExpiresOn.DayNumber;
        }

        return bytes;
    }

    private static void WriteStretches(List<byte> bytes, List<Stretch> stretches, int issued, StatusReasons hidden)
    {
        ThrowUnless(stretches[^1].Foresight == Foresight.Nothing);
        var newest = stretches[^1].From.DayNumber;
        bytes.WriteNumber(newest - issued);
        for (var i = stretches.Count - 1; i >= 0; i--)
        {
            var (from, standing, foresight) = stretches[i];
            ThrowUnless(i == 0 ? from.DayNumber == issued : from > stretches[i - 1].From);
            var older = i == 0 ? default(Stretch?) : stretches[i - 1];
            var link = older is not { } before || before.Foresight == stretches[i].Before(before.Standing, hidden) ? StretchReader.Link.Expected
                : before.Foresight == foresight ? StretchReader.Link.Same
                : StretchReader.Link.SpelledOut;
            WriteStanding(bytes, standing, link);
            if (older is { } next)
            {
                bytes.WriteNumber(from.DayNumber - next.From.DayNumber);
                if (link == StretchReader.Link.SpelledOut)
                {
                    WriteForesight(bytes, next.Foresight, from.DayNumber);
                }
            }
        }
    }

    private static void WriteStanding(List<byte> bytes, Standing standing, StretchReader.Link link)
    {
        var code = StandingCodes.Of(standing);
        bytes.Add((byte)(code | ((int)link << 6)));
        if (code == StandingCodes.None)
        {
            bytes.AddRange((byte)standing.Status, (byte)standing.Reasons, (byte)((int)standing.Reasons >> 8));
        }
    }

    private static void WriteForesight(List<byte> bytes, Foresight foresight, int newer)
    {
        var until = foresight.Until == Calendar.Never ? Never : Date;
        var shown = MarkOf(foresight.ShownUntil);
        var valid = MarkOf(foresight.ValidUntil);
        bytes.Add((byte)(until | (shown << 2) | (valid << 4)));
        WriteDate(until, foresight.Until);
        WriteDate(shown, foresight.ShownUntil);
        WriteDate(valid, foresight.ValidUntil);

        int MarkOf(DateOnly date) => date == foresight.Until ? LikeUntil : date == Calendar.Never ? Never : Date;

        void WriteDate(int mark, DateOnly date)
        {
            if (mark == Date)
            {
                bytes.WriteNumber(date.DayNumber - newer);
            }
        }
    }

    private static void ThrowUnless(bool isInOrder)
    {
        if (!isInOrder)
        {
            throw new ArgumentException("A permit's events do not stand in order of date, its issue first, or its timeline has no end.");
        }
    }
}
