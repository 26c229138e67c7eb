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
