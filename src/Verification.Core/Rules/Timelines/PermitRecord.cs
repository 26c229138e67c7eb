using System.Buffers.Binary;
using System.Collections.Immutable;
using Verification.Core.Permits;
using Verification.Core.Rules.Dates;

namespace Verification.Core.Rules.Timelines;

/// <summary>What a permit's events said of term, card and family, from a date on: a look into a <see cref="PermitTimeline"/>.</summary>
public readonly struct PermitRecord
{
    private readonly byte[] _bytes;
    private readonly int _members;
    private readonly int _family;

    internal PermitRecord(byte[] bytes, int members, int family, DateOnly from, DateOnly expiresOn, int edition)
    {
        _bytes = bytes;
        _members = members;
        _family = family;
        From = from;
        ExpiresOn = expiresOn;
        Edition = edition;
    }

    /// <summary>The first date.</summary>
    public DateOnly From { get; }

    /// <summary>The first date after the term or endorsement; <see cref="Calendar.Never"/> when it has no end.</summary>
    public DateOnly ExpiresOn { get; }

    /// <summary>The card's edition, from 1.</summary>
    public int Edition { get; }

    /// <summary>The accompanying family 随往人员, in the order in which they were added. Allocates: to find one, ask <see cref="HasInFamily"/>.</summary>
    public ImmutableArray<FamilyMember> Family
    {
        get
        {
            var at = _family;
            var family = new FamilyMember[PackedBytes.ReadNumber(_bytes, ref at)];
            for (var i = 0; i < family.Length; i++)
            {
                family[i] = Member(PackedBytes.ReadNumber(_bytes, ref at));
            }

            return [.. family];
        }
    }

    /// <summary>Whether somebody is in the family. Allocates nothing.</summary>
    /// <param name="relation">Their role.</param>
    /// <param name="identity">The first 128 bits of the digest of their number.</param>
    public bool HasInFamily(SubjectRole relation, UInt128 identity)
    {
        var at = _family;
        var sought = new FamilyMember(relation, identity);
        for (var left = PackedBytes.ReadNumber(_bytes, ref at); left > 0; left--)
        {
            if (Member(PackedBytes.ReadNumber(_bytes, ref at)) == sought)
            {
                return true;
            }
        }

        return false;
    }

    private FamilyMember Member(int index)
    {
        var member = _bytes.AsSpan(_members + (index * PermitTimeline.MemberSize), PermitTimeline.MemberSize);
        return new FamilyMember((SubjectRole)member[0], BinaryPrimitives.ReadUInt128LittleEndian(member[1..]));
    }
}
