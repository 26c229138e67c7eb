using CsCheck;
using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Core.Rules.Codes;
using Verification.Core.Rules.Dates;
using Verification.Core.Rules.Timelines;

namespace Verification.Core.Tests.Rules.Timelines;

public sealed class TimelineProperties
{
    private const int Days = 365 * 7;

    private static readonly StandingView[] Views = [StandingView.Authority, StandingView.Restricted];

    /// <summary>What the properties below are asked of: histories of every kind, with events of every type but annulments, which have their own.</summary>
    [Fact]
    public void RandomHistories_Any_HaveEveryKindAndEveryTypeOfEvent()
    {
        var counts = EventTypes.All.ToDictionary(type => type.Name, _ => 0);
        HashSet<PermitKind> kinds = [];
        RandomHistories.Any.Sample(
            history =>
            {
                kinds.Add(((Issued)history.Events[0].Event).Kind);
                Assert.All(EventsOf(history), happening => counts[happening.Name]++);
            },
            iter: 1_000,
            threads: 1);

        Assert.Equal(5, kinds.Count);
        Assert.True(counts.Remove("annulled"));
        Assert.All(counts, type => Assert.True(type.Value >= 3, $"{type}"));
    }

    [Fact]
    public void SegmentOn_EveryDay_EqualsADayByDayReplay() => RandomHistories.Any.Sample(
        history =>
        {
            var expected = DayByDay.Live(EventsOf(history), Days);
            var timeline = Compile(history);
            for (var day = 0; day < Days; day++)
            {
                Assert.Equal(expected[day], timeline.SegmentOn(timeline.IssuedOn.AddDays(day), StandingView.Authority).Standing);
            }
        },
        iter: 300);

    [Fact]
    public void SegmentOn_EveryDay_KnowsSinceAndUntilExactly() => RandomHistories.Any.Sample(
        history =>
        {
            var timeline = Compile(history);
            var lived = DayByDay.Live(EventsOf(history), Days);
            foreach (var view in Views)
            {
                var day = 0;
                foreach (var epoch in EventsOf(history).Select(happening => happening.On).Distinct().Append(timeline.IssuedOn.AddDays(Days - 1)).Skip(1))
                {
                    // What was to be expected while no event after this epoch's first date was known. A history may outlast the days lived.
                    var first = timeline.IssuedOn.AddDays(day);
                    var scheduled = DayByDay.Live(EventsOf(history).TakeWhile(happening => happening.On <= first), Days);
                    for (; day < Days && timeline.IssuedOn.AddDays(day) < epoch; day++)
                    {
                        var segment = timeline.SegmentOn(timeline.IssuedOn.AddDays(day), view);
                        var shown = Show(scheduled[day], view);
                        var until = Enumerable.Range(day, Days - day).FirstOrDefault(later => Show(scheduled[later], view) != shown, -1);
                        var since = day;
                        while (since > 0 && Show(lived[since - 1], view) == shown)
                        {
                            since--;
                        }

                        Assert.Equal(shown, segment.Standing);
                        Assert.Equal(timeline.IssuedOn.AddDays(since), segment.Since);
                        if (until >= 0)
                        {
                            Assert.Equal(timeline.IssuedOn.AddDays(until), segment.Until);
                        }
                        else
                        {
                            Assert.True(segment.Until >= timeline.IssuedOn.AddDays(Days));
                        }
                    }
                }
            }
        },
        iter: 15);

    [Fact]
    public void SegmentOn_EarlierDate_IsNotChangedByLaterEvents() => RandomHistories.Any.Sample(
        history =>
        {
            var whole = Compile(history);
            for (var known = 1; known < history.Events.Length; known++)
            {
                var prefix = Compile(history.AsKnownAt(known)!);
                for (var date = history.Events[known].Event.On.AddDays(-1); date > prefix.IssuedOn.AddDays(-3); date = date.AddDays(-7))
                {
                    Assert.All(Views, view => Assert.Equal(Answer(prefix, date, view), Answer(whole, date, view)));
                    Assert.Equal(Record(prefix, date), Record(whole, date));
                }
            }
        },
        iter: 200);

    /// <summary>
    /// Nothing that the restricted view shows depends on a hidden reason: it is the authority's view of the same permit without the
    /// events that hidden reasons come from.
    /// </summary>
    [Fact]
    public void SegmentOn_RestrictedView_GivesNothingHiddenAway() => RandomHistories.OfWorkPermits.Sample(
        history =>
        {
            var open = EventsOf(history).Where(happening =>
                happening is not (EmploymentEnded or CancellationDeferred or EmployerChanged or Retained or Returned));
            var withHidden = Compile(history);
            var without = Compile(RandomHistories.Of([.. open]));
            for (var day = -1; day < Days; day++)
            {
                var date = withHidden.IssuedOn.AddDays(day);
                Assert.Equal(Answer(without, date, StandingView.Authority), Answer(withHidden, date, StandingView.Restricted));
            }

            Assert.Equal(without.Runs(StandingView.Authority), withHidden.Runs(StandingView.Restricted));
        },
        iter: 200);

    [Fact]
    public void Runs_OfAnyTimeline_CoverEveryDateAndDiffer() => RandomHistories.Any.Sample(
        history =>
        {
            var timeline = Compile(history);
            foreach (var view in Views)
            {
                var runs = timeline.Runs(view).ToList();
                Assert.Equal(DateOnly.MinValue, runs[0].From);
                Assert.Equal(PermitStatus.NotYetValid, runs[0].Standing.Status);
                Assert.Equal(Calendar.Never, runs[^1].Until);
                Assert.All(runs.Zip(runs.Skip(1)), pair =>
                {
                    Assert.Equal(pair.First.Until, pair.Second.From);
                    Assert.NotEqual(pair.First.Standing, pair.Second.Standing);
                });
                Assert.All(runs, run => Assert.Equal(run.Standing, timeline.SegmentOn(run.From, view).Standing));
            }
        },
        iter: 300);

    private static PermitTimeline Compile(PermitHistory history) => TimelineCompiler.Compile(history, Cases.Rulebook)!.Value;

    private static IEnumerable<PermitEvent> EventsOf(PermitHistory history) => history.Events.Select(recorded => recorded.Event);

    private static Standing Show(Standing standing, StandingView view) => Cases.Rulebook.Show(standing, view);

    private static (Standing Standing, DateOnly Since, DateOnly Until) Answer(PermitTimeline timeline, DateOnly date, StandingView view)
    {
        var segment = timeline.SegmentOn(date, view);
        return (segment.Standing, segment.Since, segment.Until);
    }

    private static string Record(PermitTimeline timeline, DateOnly date) => timeline.RecordOn(date) is { } record
        ? $"from {record.From} to {record.ExpiresOn}, edition {record.Edition}, family {string.Join(' ', record.Family)}"
        : "none";
}
