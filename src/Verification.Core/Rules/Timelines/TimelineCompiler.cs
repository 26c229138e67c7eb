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
    /// <returns>Null when there is no such permit: no event of it is effective, or the rulebook does not know its kind.</returns>
    public static PermitTimeline? Compile(PermitHistory history, Rulebook rulebook) =>
        Pack(history, rulebook) is { } packed ? PermitTimeline.At(packed, 0, PermitTimeline.NumberSize, rulebook) : null;

    /// <summary>The same as bytes, to be read by <see cref="PermitTimeline.At"/>; the first ones are the permit's number.</summary>
    /// <returns>Null when there is no such permit.</returns>
    public static byte[]? Pack(PermitHistory history, Rulebook rulebook)
    {
        if (history.Effective is not [{ Event: Issued issued }, ..] || PermitCourse.Begin(issued, rulebook) is not { } beginning)
        {
            return null;
        }

        var epochs = Epochs(history, beginning);
        var holdsIdentity = issued.Holder is not null || history.Effective.Any(recorded => recorded.Event is DependantAdded);
        return TimelinePacker.Pack(
            new TimelineFacts(history.Number, issued.Kind, issued.On, issued.Holder, holdsIdentity),
            Stretches(epochs, rulebook.HiddenReasons),
            Records(epochs),
            rulebook.HiddenReasons);
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

    private static List<Stretch> Stretches(List<(DateOnly On, PermitCourse Course)> epochs, StatusReasons hidden)
    {
        var stretches = new List<Stretch>();
        var changes = new List<(DateOnly On, Standing Standing)>();
        for (var i = 0; i < epochs.Count; i++)
        {
            var end = i + 1 < epochs.Count ? epochs[i + 1].On : Calendar.Never;
            Project(epochs[i].On, epochs[i].Course, end, hidden, changes);
            for (var j = 0; j < changes.Count && (j == 0 || changes[j].On < end); j++)
            {
                var stretch = new Stretch(changes[j].On, changes[j].Standing, Foresee(changes, j, hidden));
                if (stretches.Count == 0 || stretch with { From = stretches[^1].From } != stretches[^1])
                {
                    stretches.Add(stretch);
                }
            }
        }

        return stretches;
    }

    private static Foresight Foresee(List<(DateOnly On, Standing Standing)> changes, int index, StatusReasons hidden)
    {
        var standing = changes[index].Standing;
        var (until, shownUntil, validUntil) = Foresight.Nothing;
        for (var i = changes.Count - 1; i > index; i--)
        {
            var (on, later) = changes[i];
            until = on;
            shownUntil = later.IsShownAs(standing, hidden) ? shownUntil : on;
            validUntil = later.Status == PermitStatus.Valid ? validUntil : on;
        }

        return new Foresight(until, shownUntil, standing.Status == PermitStatus.Valid ? validUntil : Calendar.Never);
    }

    /// <summary>
    /// The standing from a date on if no further event comes: each change, the first entry on the date itself. From the end of the epoch on
    /// only as far as what is foreseen before it depends on.
    /// </summary>
    private static void Project(
        DateOnly from, PermitCourse course, DateOnly end, StatusReasons hidden, List<(DateOnly On, Standing Standing)> changes)
    {
        changes.Clear();
        var last = course.StandingOn(from);
        changes.Add((from, last));
        for (var on = course.NextTurn(from); on != Calendar.Never; on = course.NextTurn(on))
        {
            course = course.At(on);
            var standing = course.StandingOn(on);
            if (standing != changes[^1].Standing)
            {
                changes.Add((on, standing));
                if (on < end)
                {
                    last = standing;
                }
                else if (last.Status == PermitStatus.Valid ? standing.Status != PermitStatus.Valid : !standing.IsShownAs(last, hidden))
                {
                    return;
                }
            }
        }
    }

    private static List<TermRecord> Records(List<(DateOnly On, PermitCourse Course)> epochs)
    {
        var records = new List<TermRecord>();
        foreach (var (on, course) in epochs)
        {
            if (records.Count == 0
                || records[^1].ExpiresOn != course.ExpiresOn
                || records[^1].Edition != course.Edition
                || records[^1].Family != course.Family)
            {
                records.Add(new TermRecord(on, course.ExpiresOn, course.Edition, course.Family));
            }
        }

        return records;
    }
}
