using Verification.Caching.Memory;
using Verification.Core.Permits;
using Verification.Core.Permits.Events;

namespace Verification.Caching.Tests.Memory;

public sealed class MemoryTierTests
{
    private const int Capacity = 10;

    private readonly MemoryTier _memory = new(new MemoryOptions { HistoryCapacity = Capacity });

    [Fact]
    public void HistoryOf_EventsThatThePermitWasCompiledFrom_AreHeldUntilForgotten()
    {
        var history = History(TestSite.Number(1), 7, 9);
        _memory.Hold(history);

        Assert.Same(history, _memory.HistoryOf(TestSite.Number(1), Compiled(history)));

        _memory.Forget(TestSite.Number(1));
        Assert.Null(_memory.HistoryOf(TestSite.Number(1), Compiled(history)));
    }

    /// <summary>Events of an earlier or a later reading than what is compiled would answer something else than that.</summary>
    [Fact]
    public void HistoryOf_EventsOfAnotherReading_AreNotTold()
    {
        var (earlier, later) = (History(TestSite.Number(1), 7), History(TestSite.Number(1), 7, 9));

        _memory.Hold(earlier);
        Assert.Null(_memory.HistoryOf(TestSite.Number(1), Compiled(later)));

        _memory.Hold(later);
        Assert.Null(_memory.HistoryOf(TestSite.Number(1), Compiled(earlier)));
    }

    [Fact]
    public void Hold_EventsOfMorePermitsThanTheCapacity_HoldsNoMore()
    {
        var histories = Enumerable.Range(0, 20 * Capacity).Select(i => History(TestSite.Number(i), i + 1)).ToList();
        histories.ForEach(_memory.Hold);

        Assert.InRange(histories.Count(history => _memory.HistoryOf(history.Number, Compiled(history)) is not null), 1, Capacity);
    }

    private static CompiledPermit Compiled(PermitHistory history) => new(history.Number, history, history.Events[^1].Revision, [TestSite.Rulebook]);

    private static PermitHistory History(PermitNumber number, params long[] revisions) =>
        new(number, [.. revisions.Select((revision, i) => new RecordedEvent(revision, Event(i), default, "bureau"))]);

    private static PermitEvent Event(int i) => i == 0
        ? new Issued(new DateOnly(2026, 3, 5), PermitKind.WorkResidencePermit)
        : new Reissued(new DateOnly(2026, 4, 5));
}
