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
        var permit = new CompiledPermit(History, 12, [First, Second]);

        Assert.True(permit.TryTell(First, out var first));
        Assert.True(permit.TryTell(Second, out var second));
        Assert.Equal((First, Second), (first!.Rulebook, second!.Rulebook));
        Assert.Equal((false, 12, 9), (permit.IsAbsent, permit.ReadAt, permit.LastRevision));
        Assert.False(new CompiledPermit(History, 12, [Second]).TryTell(First, out _));
    }

    [Fact]
    public void TryTell_SeveralRulebooksToCome_FindsTheLast()
    {
        var third = TestRulebooks.Library(new DateOnly(2028, 1, 1)).All[1];
        var permit = new CompiledPermit(History, 12, [First, Second, third]);

        Assert.True(permit.TryTell(third, out var timeline));
        Assert.Same(third, timeline!.Rulebook);
        Assert.False(permit.TryTell(TestRulebooks.Library(new DateOnly(2029, 1, 1)).All[1], out _));
    }

    [Fact]
    public void TryTell_NumberThatIsNone_IsNoneUnderEveryRulebook()
    {
        var absent = new CompiledPermit(null, 12, [First]);

        Assert.True(absent.TryTell(Second, out var timeline));
        Assert.Null(timeline);
        Assert.Equal((true, 12, 0), (absent.IsAbsent, absent.ReadAt, absent.LastRevision));
    }

    /// <summary>All that the registry knows of it is annulled: it is none under every rulebook, but has a revision at which it changed.</summary>
    [Fact]
    public void TryTell_AllEventsAnnulled_IsNoneUnderEveryRulebook()
    {
        var permit = new CompiledPermit(Annulled, 12, [First]);

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
            new PermitHistory(TestSite.Number(1), [new(7, new Issued(new DateOnly(2026, 3, 5), PermitKind.EmployerRegistration), default, "bureau")]),
            12,
            [first, second]);

        Assert.True(permit.TryTell(first, out var timeline));
        Assert.Null(timeline);
        Assert.True(permit.TryTell(second, out timeline));
        Assert.Equal((second, PermitKind.EmployerRegistration), (timeline!.Rulebook, timeline.Kind));
        Assert.False(permit.IsAbsent);
    }

    /// <summary>In whichever order the readings come, the latest is told.</summary>
    [Fact]
    public void Hold_PermitThatBecomesNone_TellsTheLatestOfBothTiers()
    {
        var memory = new MemoryTier(new MemoryOptions());
        var (permit, none, again) = (new CompiledPermit(History, 9, [First]), new CompiledPermit(Annulled, 12, [First]), new CompiledPermit(History, 13, [First]));

        memory.Hold(History.Number, permit);
        memory.Hold(History.Number, none);
        Assert.Equal((none, 0, 1), (memory.Find(History.Number), memory.PermitCount, memory.AbsenceCount));

        memory.Hold(History.Number, again);
        Assert.Equal((again, 1, 0), (memory.Find(History.Number), memory.PermitCount, memory.AbsenceCount));

        // A late fill of an earlier reading.
        memory.Hold(History.Number, none);
        Assert.Same(again, memory.Find(History.Number));
    }

    [Fact]
    public void Replaces_AnotherReading_WhenItIsLaterOrTellsMore()
    {
        var held = new CompiledPermit(History, 12, [First]);

        Assert.True(new CompiledPermit(History, 13, [First]).Replaces(held));
        Assert.False(new CompiledPermit(History, 11, [First]).Replaces(held));
        Assert.False(new CompiledPermit(History, 12, [First]).Replaces(held));
        Assert.True(new CompiledPermit(History, 12, [Second]).Replaces(held));
        Assert.False(new CompiledPermit(History, 11, [Second]).Replaces(held));
        Assert.False(new CompiledPermit(null, 12, [First]).Replaces(new CompiledPermit(null, 12, [First])));
    }

    [Fact]
    public void Hold_InMemory_KeepsTheLaterReadingAndAPermitForAnAbsence()
    {
        var memory = new MemoryTier(new MemoryOptions());
        var (absent, earlier, later) = (new CompiledPermit(null, 6, [First]), new CompiledPermit(History, 9, [First]), new CompiledPermit(History, 12, [First]));
        Assert.Null(memory.Find(History.Number));

        memory.Hold(History.Number, absent);
        Assert.Equal((absent, 0, 1), (memory.Find(History.Number), memory.PermitCount, memory.AbsenceCount));
        memory.Hold(History.Number, later);
        Assert.Equal((later, 1, 0), (memory.Find(History.Number), memory.PermitCount, memory.AbsenceCount));
        memory.Hold(History.Number, earlier);
        Assert.Same(later, memory.Find(History.Number));

        memory.Forget(History.Number);
        Assert.Null(memory.Find(History.Number));
        memory.Hold(History.Number, absent);
        memory.Forget(History.Number);
        Assert.Null(memory.Find(History.Number));
    }
}
