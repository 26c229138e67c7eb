using System.Collections.Immutable;
using Verification.Core.Permits.Events;
using Verification.Core.Rules.Codes;
using Verification.Core.Rules.Dates;
using Verification.Core.Rules.Kinds;
using Verification.Core.Rules.Rulebooks;

namespace Verification.Core.Rules.Timelines;

/// <summary>
/// Compiles histories into timelines. Each date of events starts an epoch, whose future is projected from the events so far alone:
/// so later events never change what is said of an earlier date, its <c>status_until</c> included.
/// </summary>
public static class TimelineCompiler
{
    /// <summary>The timeline of a history under a rulebook.</summary>
    /// <param name="history">The history.</param>
    /// <param name="rulebook">The rulebook.</param>
    /// <param name="alike">The timeline of the same history under another rulebook: what both say alike is kept in memory once.</param>
    /// <returns>Null when there is no such permit: no event of it is effective, or the rulebook does not know its kind.</returns>
    public static PermitTimeline? Compile(PermitHistory history, Rulebook rulebook, PermitTimeline? alike = null)
    {
        if (history.Effective is not [{ Event: Issued issued }, ..] || PermitCourse.Begin(issued, rulebook) is not { } beginning)
        {
            return null;
        }

        var epochs = Epochs(history, beginning);
        var authority = Segments(issued.On, epochs, standing => standing);
        var restricted = Segments(issued.On, epochs, standing => rulebook.Show(standing, StandingView.Restricted));
        return new PermitTimeline(
            history,
            rulebook,
            issued.Kind,
            issued.On,
            issued.Holder,
            authority,
            restricted.SequenceEqual(authority) ? authority : restricted,
            Records(epochs),
            alike);
    }

    /// <summary>The course after each date's events, in order of date.</summary>
    private static List<(DateOnly On, PermitCourse Course)> Epochs(PermitHistory history, PermitCourse beginning)
    {
        var epochs = new List<(DateOnly On, PermitCourse Course)> { (beginning.IssuedOn, beginning) };
        foreach (var recorded in history.Effective.AsSpan()[1..])
        {
            var (on, course) = epochs[^1];
            var happening = recorded.Event;
            var next = (happening.On, course.At(happening.On).Apply(happening));
            if (happening.On == on)
            {
                epochs[^1] = next;
            }
            else
            {
                epochs.Add(next);
            }
        }

        return epochs;
    }

    private static ImmutableArray<TimelineSegment> Segments(
        DateOnly issuedOn, List<(DateOnly On, PermitCourse Course)> epochs, Func<Standing, Standing> show)
    {
        var beforeIssue = new Standing(PermitStatus.NotYetValid, StatusReasons.None);
        var segments = ImmutableArray.CreateBuilder<TimelineSegment>();
        segments.Add(new TimelineSegment(DateOnly.MinValue, DateOnly.MinValue, issuedOn, Calendar.Never, beforeIssue));
        for (var i = 0; i < epochs.Count; i++)
        {
            var end = i + 1 < epochs.Count ? epochs[i + 1].On : Calendar.Never;
            var changes = Project(epochs[i].On, epochs[i].Course, show);
            for (var j = 0; j < changes.Count && (j == 0 || changes[j].On < end); j++)
            {
                var (from, standing) = changes[j];
                var until = j + 1 < changes.Count ? changes[j + 1].On : Calendar.Never;
                var since = standing == segments[^1].Standing ? segments[^1].Since : from;
                segments.Add(new TimelineSegment(from, since, until, ValidUntil(changes, j), standing));
            }
        }

        return segments.ToImmutable();
    }

    /// <summary>Where a change is to a valid standing, the date of the next one to another.</summary>
    private static DateOnly ValidUntil(List<(DateOnly On, Standing Standing)> changes, int index)
    {
        var next = index;
        while (next < changes.Count && changes[next].Standing.Status == PermitStatus.Valid)
        {
            next++;
        }

        return next == index || next == changes.Count ? Calendar.Never : changes[next].On;
    }

    /// <summary>The standing from a date on if no further event comes: each change, the first entry on the date itself.</summary>
    private static List<(DateOnly On, Standing Standing)> Project(DateOnly from, PermitCourse course, Func<Standing, Standing> show)
    {
        var changes = new List<(DateOnly On, Standing Standing)> { (from, show(course.StandingOn(from))) };
        for (var on = course.NextTurn(from); on != Calendar.Never; on = course.NextTurn(on))
        {
            course = course.At(on);
            var standing = show(course.StandingOn(on));
            if (standing != changes[^1].Standing)
            {
                changes.Add((on, standing));
            }
        }

        return changes;
    }

    private static ImmutableArray<PermitRecord> Records(List<(DateOnly On, PermitCourse Course)> epochs)
    {
        var records = ImmutableArray.CreateBuilder<PermitRecord>();
        foreach (var (on, course) in epochs)
        {
            if (records.Count == 0
                || records[^1].ExpiresOn != course.ExpiresOn
                || records[^1].Edition != course.Edition
                || records[^1].Family != course.Family)
            {
                records.Add(new PermitRecord(on, course.ExpiresOn, course.Edition, course.Family));
            }
        }

        return records.ToImmutable();
    }
}
