using Verification.Caching.Memory;
using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Core.Rules.Rulebooks;

namespace Verification.Caching.Tests.Memory;

public sealed class CompiledPermitTests
{
    private static readonly RulebookLibrary Library = TestRulebooks.Library(new DateOnly(2027, 1, 1));
    private static readonly Rulebook First = Library.All[0];
    private static readonly Rulebook Second = Library.All[1];

    private static readonly PermitHistory History = new(
        TestSite.Number(1),
        [
            new(7, new Issued(new DateOnly(2026, 3, 5), PermitKind.WorkResidencePermit), default, "bureau"),
            new(9, new Reissued(new DateOnly(2026, 4, 5)), default, "bureau"),
        ]);

    private static readonly PermitHistory Annulled = new(
        TestSite.Number(1),
        [
            .. History.Events,
            new(10, new Annulled(new DateOnly(2026, 4, 5), 2, "twice"), default, "bureau"),
            new(11, new Annulled(new DateOnly(2026, 4, 5), 1, "wrong number"), default, "bureau"),
        ]);

    [Fact]
    public void TryTell_RulebooksInUseAndToCome_AreToldEachByItself()
    {
        var permit = new CompiledPermit(History.Number, History, 12, [First, Second]);

        Assert.True(permit.TryTell(First, out var first));
        Assert.True(permit.TryTell(Second, out var second));
        Assert.Equal((First, Second), (first!.Value.Rulebook, second!.Value.Rulebook));
        Assert.Equal((false, 12, 9), (permit.IsAbsent, permit.ReadAt, permit.LastRevision));
        Assert.False(new CompiledPermit(History.Number, History, 12, [Second]).TryTell(First, out _));
    }

    [Fact]
    public void TryTell_SeveralRulebooksToCome_FindsTheLast()
    {
        var third = TestRulebooks.Library(new DateOnly(2028, 1, 1)).All[1];
        var permit = new CompiledPermit(History.Number, History, 12, [First, Second, third]);

        Assert.True(permit.TryTell(third, out var timeline));
        Assert.Same(third, timeline!.Value.Rulebook);
        Assert.False(permit.TryTell(TestRulebooks.Library(new DateOnly(2029, 1, 1)).All[1], out _));
    }

    [Fact]
    public void TryTell_NumberThatIsNone_IsNoneUnderEveryRulebook()
    {
        var absent = new CompiledPermit(History.Number, null, 12, [First]);

        Assert.True(absent.TryTell(Second, out var timeline));
        Assert.Null(timeline);
        Assert.Equal((true, 12, 0), (absent.IsAbsent, absent.ReadAt, absent.LastRevision));
    }

    /// <summary>All that the registry knows of it is annulled: it is none under every rulebook, but has a revision at which it changed.</summary>
    [Fact]
    public void TryTell_AllEventsAnnulled_IsNoneUnderEveryRulebook()
    {
        var permit = new CompiledPermit(Annulled.Number, Annulled, 12, [First]);

        Assert.True(permit.TryTell(Second, out var timeline));
        Assert.Null(timeline);
        Assert.Equal((true, 12, 11), (permit.IsAbsent, permit.ReadAt, permit.LastRevision));
    }

    /// <summary>An employer's registration is none under the first rulebook alone, and is no absence.</summary>
    [Fact]
    public void TryTell_KindThatOneRulebookDoesNotKnow_IsNoneUnderThatOneAlone()
    {
        var (first, second) = (RulebookLibrary.Embedded.Find("2026.1")!, RulebookLibrary.Embedded.Find("2026.2")!);
        var permit = new CompiledPermit(
            History.Number,
            new PermitHistory(TestSite.Number(1), [new(7, new Issued(new DateOnly(2026, 3, 5), PermitKind.EmployerRegistration), default, "bureau")]),
            12,
            [first, second]);

        Assert.True(permit.TryTell(first, out var timeline));
        Assert.Null(timeline);
        Assert.True(permit.TryTell(second, out timeline));
        Assert.Equal((second, PermitKind.EmployerRegistration), (timeline!.Value.Rulebook, timeline.Value.Kind));
        Assert.False(permit.IsAbsent);
    }

    /// <summary>In whichever order the readings come, the latest is told.</summary>
    [Fact]
    public void Hold_PermitThatBecomesNone_TellsTheLatestOfBothTiers()
    {
        var memory = new MemoryTier(new MemoryOptions());
        var (permit, none, again) = (Permit(9), new CompiledPermit(Annulled.Number, Annulled, 12, [First]), Permit(13));

        memory.Hold(History.Number, permit);
        memory.Hold(History.Number, none);
        AssertHeld(memory, none);

        memory.Hold(History.Number, again);
        AssertHeld(memory, again);

        // A late fill of an earlier reading.
        memory.Hold(History.Number, none);
        AssertHeld(memory, again);
    }

    [Fact]
    public void Hold_AnotherReading_ReplacesWhenItIsLaterOrTellsMore()
    {
        var memory = new MemoryTier(new MemoryOptions());
        memory.Hold(History.Number, Permit(12, First));

        memory.Hold(History.Number, Permit(11, Second));
        AssertHeld(memory, Permit(12, First));

        memory.Hold(History.Number, Permit(12, Second));
        AssertHeld(memory, Permit(12, Second));

        memory.Hold(History.Number, Permit(12, First, Second));
        AssertHeld(memory, Permit(12, First, Second));

        // It is told already.
        memory.Hold(History.Number, Permit(12, Second));
        AssertHeld(memory, Permit(12, First, Second));

        memory.Hold(History.Number, Permit(13, Second));
        AssertHeld(memory, Permit(13, Second));
    }

    [Fact]
    public void Hold_InMemory_KeepsTheLaterReadingAndAPermitForAnAbsence()
    {
        var memory = new MemoryTier(new MemoryOptions());
        var (absent, earlier, later) = (new CompiledPermit(History.Number, null, 6, [First]), Permit(9), Permit(12));
        Assert.Null(memory.Find(History.Number));

        memory.Hold(History.Number, absent);
        AssertHeld(memory, absent);
        memory.Hold(History.Number, later);
        AssertHeld(memory, later);
        memory.Hold(History.Number, earlier);
        AssertHeld(memory, later);

        memory.Forget(History.Number);
        Assert.Null(memory.Find(History.Number));
        memory.Hold(History.Number, absent);
        memory.Forget(History.Number);
        Assert.Null(memory.Find(History.Number));
    }

    /// <summary>Three years of events, a holder and a child with identity: with its slot, of 9.4 to 11.8 bytes, no more than 160.</summary>
    [Fact]
    public void Fresh_ThreeYearsOfEventsHolderAndChild_TakesFewBytes()
    {
        PermitEvent[] events =
        [
            new Issued(new DateOnly(2023, 8, 1), PermitKind.WorkResidencePermit, Holder: Digest(1)),
            new DependantAdded(new DateOnly(2023, 9, 4), SubjectRole.Child, Digest(2)),
            new Inspected(new DateOnly(2024, 4, 5), InspectionChannel.Online),
            new Reissued(new DateOnly(2024, 9, 1)),
            new Inspected(new DateOnly(2025, 4, 10), InspectionChannel.Online),
            new Inspected(new DateOnly(2026, 4, 6), InspectionChannel.Online),
            new Renewed(new DateOnly(2026, 7, 10)),
        ];
        var history = new PermitHistory(
            TestSite.Number(1), [.. events.Select((happening, i) => new RecordedEvent(40_000_000 + i, happening, default, "bureau"))]);
        var permit = new CompiledPermit(history.Number, history, 50_000_000, [TestSite.Rulebook]);

        Assert.InRange(permit.Fresh.Length, 100, 144);
        Assert.True(permit.TryTell(TestSite.Rulebook, out var timeline));
        Assert.True(timeline!.Value.RecordOn(new DateOnly(2026, 11, 22))!.Value.HasInFamily(SubjectRole.Child, Digest(2).First128Bits));

        static IdentityDigest Digest(byte seed) =>
            IdentityDigest.FromBase64(Convert.ToBase64String([.. Enumerable.Repeat(seed, IdentityDigest.Size)]));
    }

    private static CompiledPermit Permit(long readAt, params Rulebook[] rulebooks) =>
        new(History.Number, History, readAt, rulebooks.Length == 0 ? [First] : [.. rulebooks]);

    private static void AssertHeld(MemoryTier memory, CompiledPermit expected)
    {
        var held = memory.Find(History.Number)!.Value;
        Assert.Equal((expected.ReadAt, expected.LastRevision, expected.IsAbsent), (held.ReadAt, held.LastRevision, held.IsAbsent));
        Assert.Equal(expected.Rulebooks, held.Rulebooks);
        Assert.Equal(expected.IsAbsent ? (0, 1) : (1, 0), (memory.PermitCount, memory.AbsenceCount));
        foreach (var rulebook in expected.Rulebooks)
        {
            Assert.True(held.TryTell(rulebook, out var timeline));
            Assert.Equal(expected.IsAbsent ? null : History.Number, timeline?.Number);
            Assert.Equal(expected.IsAbsent ? null : rulebook, timeline?.Rulebook);
        }
    }
}
