using System.Collections.Immutable;
using CsCheck;
using Verification.Core.Permits;
using Verification.Core.Rules.Codes;
using Verification.Core.Rules.Dates;
using Verification.Core.Rules.Kinds;
using Verification.Core.Rules.Timelines;

namespace Verification.Core.Tests.Rules.Timelines;

/// <summary>
/// What is packed is read back as it was, also where no history compiles to it. That what histories compile to is what the policy says,
/// the other properties hold: they read it from its packed form.
/// </summary>
public sealed class PackedTimelineProperties
{
    private static readonly DateOnly Issued = new(2024, 2, 29);

    private static readonly Gen<Standing> Standings = Gen.Select(
        Gen.Enum<PermitStatus>(), Gen.Int[0, 0x7FF], (status, reasons) => new Standing(status, (StatusReasons)reasons));

    private static readonly Gen<int> Gaps = Gen.OneOf(Gen.Int[1, 40], Gen.Int[100, 400], Gen.Int[1, 60_000]);

    private static readonly Gen<(Standing Standing, int Gap, int Link, int Shown, int Valid)[]> Steps =
        Gen.Select(Standings, Gaps, Gen.Int[0, 2], Gen.Int[0, 2], Gen.Int[0, 2]).Array[1, 30];

    private static readonly Gen<(int Gap, int Expires, int Edition, int[] Family)[]> Terms =
        Gen.Select(Gaps, Gen.Int[-400, 4_000], Gen.Int[1, 1_000], Gen.Int[0, 5].Array[0, 4]).Array[1, 12];

    private static readonly ImmutableArray<Dependant> Persons =
    [
        .. Enumerable.Range(0, 6).Select(i =>
            new Dependant((SubjectRole)(2 + (i % 3)), new IdentityDigest(7, [.. Enumerable.Range(0, 32).Select(part => (byte)((40 * i) + part))]))),
    ];

    [Fact]
    public void Pack_AnyStretches_AreReadBackAsTheyWere() => Gen.Select(Steps, Gen.Int[0, 0x7FF]).Sample(
        (steps, hidden) =>
        {
            var rulebook = Cases.Rulebook;
            var stretches = StretchesOf(steps, rulebook.HiddenReasons);
            var timeline = PermitTimeline.At(
                TimelinePacker.Pack(Facts(), stretches, [new TermRecord(Issued, Calendar.Never, 1, [])], rulebook.HiddenReasons),
                0,
                PermitTimeline.NumberSize,
                rulebook);

            var read = new List<Stretch>();
            var reader = timeline.Stretches();
            do
            {
                read.Add(new Stretch(reader.From, reader.Standing, reader.Foresight));
            }
            while (reader.MoveOlder());

            read.Reverse();
            Assert.Equal(stretches, read);
        },
        iter: 5_000);

    [Fact]
    public void Pack_AnyRecords_AreReadBackAsTheyWere() => Gen.Select(Terms, Gen.Bool, Gen.Bool).Sample(
        (terms, hasHolder, holdsIdentity) =>
        {
            var records = new List<TermRecord>();
            var from = Issued;
            foreach (var (gap, expires, edition, family) in terms)
            {
                var expiresOn = expires > 3_500 ? Calendar.Never : from.AddDays(expires);
                records.Add(new TermRecord(from, expiresOn, edition, [.. family.Distinct().Select(person => Persons[person])]));
                from = from.AddDays(gap);
            }

            var facts = Facts() with { Holder = hasHolder ? Persons[0].Identity : null, HoldsIdentity = holdsIdentity };
            var standing = new Standing(PermitStatus.Valid, StatusReasons.None);
            var timeline = PermitTimeline.At(
                TimelinePacker.Pack(facts, [new Stretch(Issued, standing, Foresight.Nothing)], records, StatusReasons.None),
                0,
                PermitTimeline.NumberSize,
                Cases.Rulebook);

            Assert.Equal((facts.Number, facts.Kind, Issued), (timeline.Number, timeline.Kind, timeline.IssuedOn));
            Assert.Equal((facts.Holder?.First128Bits, holdsIdentity), (timeline.Holder, timeline.HoldsIdentity));
            Assert.Null(timeline.RecordOn(Issued.AddDays(-1)));
            foreach (var expected in records)
            {
                var record = timeline.RecordOn(expected.From)!.Value;
                Assert.Equal((expected.From, expected.ExpiresOn, expected.Edition), (record.From, record.ExpiresOn, record.Edition));
                Assert.Equal(expected.Family.Select(person => new FamilyMember(person.Relation, person.Identity.First128Bits)), record.Family);
                Assert.All(Persons, person => Assert.Equal(
                    expected.Family.Contains(person), record.HasInFamily(person.Relation, person.Identity.First128Bits)));
                Assert.False(record.HasInFamily(SubjectRole.Holder, Persons[0].Identity.First128Bits));
            }
        },
        iter: 5_000);

    [Fact]
    public void StandingCodes_OfEveryStanding_AreItsOwnOrNone()
    {
        var coded = new HashSet<int>();
        foreach (var status in Enum.GetValues<PermitStatus>())
        {
            for (var reasons = 0; reasons <= 0xFFFF; reasons++)
            {
                var standing = new Standing(status, (StatusReasons)reasons);
                if (StandingCodes.Of(standing) is var code and not StandingCodes.None)
                {
                    Assert.Equal(standing, StandingCodes.Read(code));
                    Assert.True(coded.Add(code));
                }
            }
        }

        Assert.InRange(coded.Count, 40, StandingCodes.None);
    }

    [Fact]
    public void Pack_NotInOrderOfDate_IsRefused()
    {
        var stretch = new Stretch(Issued, new Standing(PermitStatus.Valid, StatusReasons.None), Foresight.Nothing);
        var record = new TermRecord(Issued, Calendar.Never, 1, []);

        Assert.Throws<ArgumentException>(() => TimelinePacker.Pack(Facts(), [stretch, stretch], [record], StatusReasons.None));
        Assert.Throws<ArgumentException>(() => TimelinePacker.Pack(Facts(), [stretch with { From = Issued.AddDays(1) }], [record], StatusReasons.None));
        Assert.Throws<ArgumentException>(() => TimelinePacker.Pack(Facts(), [stretch], [record, record], StatusReasons.None));
        Assert.Throws<ArgumentException>(() => TimelinePacker.Pack(
            Facts(), [stretch with { Foresight = new Foresight(Issued.AddDays(9), Calendar.Never, Calendar.Never) }], [record], StatusReasons.None));
    }

    private static TimelineFacts Facts() => new(RandomHistories.Number, PermitKind.WorkResidencePermit, Issued, null, HoldsIdentity: false);

    private static List<Stretch> StretchesOf((Standing Standing, int Gap, int Link, int Shown, int Valid)[] steps, StatusReasons hidden)
    {
        var from = Issued.AddDays(steps.Skip(1).Sum(step => step.Gap));
        var stretches = new List<Stretch> { new(from, steps[0].Standing, Foresight.Nothing) };
        foreach (var (standing, gap, link, shown, valid) in steps.Skip(1))
        {
            var newer = stretches[^1];
            var until = valid == 2 && shown == 1 ? Calendar.Never : newer.From.AddDays(gap % 90);
            DateOnly[] others = [until, Calendar.Never, until == Calendar.Never ? newer.From.AddDays(7) : until.AddDays(gap)];
            from = from.AddDays(-gap);
            stretches.Add(new Stretch(from, standing, link switch
            {
                0 => newer.Before(standing, hidden),
                1 => newer.Foresight,
                _ => new Foresight(until, others[shown], others[valid]),
            }));
        }

        stretches.Reverse();
        return stretches;
    }
}
