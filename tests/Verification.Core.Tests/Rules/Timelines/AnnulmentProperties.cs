using CsCheck;
using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Core.Rules.Codes;
using Verification.Core.Rules.Timelines;

namespace Verification.Core.Tests.Rules.Timelines;

/// <summary>Policy §7a: annulling an event gives what a registry gives that never had it.</summary>
public sealed class AnnulmentProperties
{
    private static readonly StandingView[] Views = [StandingView.Authority, StandingView.Restricted];

    /// <summary>Admissible exactly where the events that remain are; and then the permit is as if it had never been, for every date.</summary>
    [Fact]
    public void TryAdd_AnnulmentOfAnyEvent_IsAsIfItHadNeverBeen() => Gen.Select(RandomHistories.Any, Gen.Int[0, 1_000]).Sample(
        (history, pick) =>
        {
            var events = EventsOf(history);
            var target = pick % events.Count;
            var rest = events.Where((_, index) => index != target).ToList();
            var admission = new Admission(Cases.Rulebook, events);
            var annulled = new Annulled(events[target].On.AddDays(pick % 3), target + 1, "录错");

            var rejection = admission.TryAdd(annulled);

            Assert.Equal(IsAdmissible(rest), rejection is null);
            Assert.True(rejection is null or { Code: RejectCode.NotAdmissible });
            if (rejection is not null)
            {
                return;
            }

            List<PermitEvent> whole = [.. events, annulled];
            var known = HistoryOf(whole);
            AssertSame(rest, known);
            Assert.Equal(events, EventsOf(known.AsKnownAt(events.Count)!));
            AssertSame(events, known.AsKnownAt(events.Count)!);
            Assert.Equal(whole.Count, known.AnnulledBy(target + 1));

            // What comes after is judged as if it had never been, by who was there and by who reads it again.
            var again = new Admission(Cases.Rulebook, whole);
            var without = new Admission(Cases.Rulebook, rest);
            foreach (var next in events.Append(events[target]))
            {
                Assert.Equal(without.TryAdd(next)?.Code, admission.TryAdd(next)?.Code);
                _ = again.TryAdd(next);
            }

            Assert.Equal(admission.Count, again.Count);
        },
        iter: 1_000);

    [Fact]
    public void TryAdd_LastEventAnnulledAndTheRightOneRecorded_IsAsIfNeverWrong() => RandomHistories.Any.Sample(
        history =>
        {
            var events = EventsOf(history);
            if (events.Count < 2)
            {
                return;
            }

            var admission = new Admission(Cases.Rulebook, events);
            var annulled = new Annulled(events[^1].On, events.Count, "录错");
            var right = new Cancelled(events[^2].On, "迟报");
            var asIf = new Admission(Cases.Rulebook, events[..^1]);

            Assert.Null(admission.TryAdd(annulled));
            Assert.Equal(asIf.TryAdd(right)?.Code, admission.TryAdd(right)?.Code);
            if (asIf.Count == events.Count)
            {
                AssertSame([.. events[..^1], right], HistoryOf([.. events, annulled, right]));
            }
        },
        iter: 300);

    /// <summary>Events annulled from the last to the first: in the end the number is as if it had never been issued, and may be again.</summary>
    [Fact]
    public void TryAdd_AllEventsAnnulledFromTheLast_LeavesNoPermit() => RandomHistories.Any.Sample(
        history =>
        {
            var events = EventsOf(history);
            var admission = new Admission(Cases.Rulebook, events);
            List<PermitEvent> whole = [.. events];
            for (var place = events.Count; place >= 1; place--)
            {
                whole.Add(new Annulled(events[place - 1].On, place, "录错"));
                Assert.Null(admission.TryAdd(whole[^1]));
            }

            var known = HistoryOf(whole);
            Assert.Empty(known.Effective);
            Assert.Null(TimelineCompiler.Compile(known, Cases.Rulebook));
            Assert.Equal(RejectCode.NotIssued, admission.TryAdd(new Cancelled(events[^1].On, null))?.Code);
            Assert.Equal(RejectCode.NotAdmissible, admission.TryAdd(new Annulled(events[^1].On, 1, "再来"))?.Code);
            Assert.Null(admission.TryAdd(events[0]));
            AssertSame([events[0]], HistoryOf([.. whole, events[0]]));
        },
        iter: 200);

    private static List<PermitEvent> EventsOf(PermitHistory history) => [.. history.Events.Select(recorded => recorded.Event)];

    private static PermitHistory HistoryOf(IEnumerable<PermitEvent> events) => new(
        RandomHistories.Number, [.. events.Select((happening, index) => new RecordedEvent(index + 1, happening, default, "test"))]);

    private static bool IsAdmissible(List<PermitEvent> events)
    {
        var admission = new Admission(Cases.Rulebook);
        return events.TrueForAll(happening => admission.TryAdd(happening) is null);
    }

    private static void AssertSame(List<PermitEvent> expected, PermitHistory actual)
    {
        var compiled = TimelineCompiler.Compile(actual, Cases.Rulebook);
        if (expected.Count == 0)
        {
            Assert.Null(compiled);
            return;
        }

        var never = TimelineCompiler.Compile(HistoryOf(expected), Cases.Rulebook)!.Value;
        var known = Assert.NotNull(compiled);
        Assert.Equal((never.Kind, never.IssuedOn, never.Holder), (known.Kind, known.IssuedOn, known.Holder));
        foreach (var view in Views)
        {
            for (var date = never.IssuedOn.AddDays(-2); date < never.IssuedOn.AddDays(365 * 6); date = date.AddDays(1))
            {
                Assert.Equal(never.SegmentOn(date, view), known.SegmentOn(date, view));
            }
        }

        for (var date = never.IssuedOn; date < never.IssuedOn.AddDays(365 * 6); date = date.AddDays(1))
        {
            var (one, other) = (never.RecordOn(date)!.Value, known.RecordOn(date)!.Value);
            Assert.Equal((one.ExpiresOn, one.Edition), (other.ExpiresOn, other.Edition));
            Assert.Equal(one.Family, other.Family);
        }
    }
}
