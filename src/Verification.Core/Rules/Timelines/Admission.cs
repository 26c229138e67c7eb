using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Core.Rules.Kinds;
using Verification.Core.Rules.Rulebooks;
using Verification.Core.Words;

namespace Verification.Core.Rules.Timelines;

/// <summary>
/// Decides event by event what may be added to one permit's history: codes <c>NOT_ISSUED</c> to <c>NOT_ADMISSIBLE</c> of policy
/// §7, the first that applies. Not safe for concurrent use.
/// </summary>
public sealed class Admission
{
    private readonly Rulebook _rulebook;

    // By place, from 1: every event, with the course after it where it is effective.
    private readonly List<Step> _steps = [];

    // The place of the last effective event; 0 where there is none.
    private int _last;

    // How many events, from the first, were recorded before and are not known to be admissible under this rulebook.
    private int _unjudged;

    /// <summary>Of a permit without events.</summary>
    public Admission(Rulebook rulebook) => _rulebook = rulebook;

    /// <summary>Of a permit with a history, whose events are taken as admitted.</summary>
    public Admission(Rulebook rulebook, IEnumerable<PermitEvent> history)
        : this(rulebook)
    {
        foreach (var happening in history)
        {
            Replay(happening);
        }
    }

    /// <summary>How many events the permit has, annulled ones and annulments included; the last one's place.</summary>
    public int Count => _steps.Count;

    /// <summary>What the effective events have made of the permit; null where there are none, or where the rulebook knows no such kind.</summary>
    internal PermitCourse? Course => _last == 0 ? null : _steps[_last - 1].Course;

    /// <summary>
    /// Adds an event that was recorded before. It is not judged again: what one rulebook admitted stays, whatever a later one says.
    /// </summary>
    /// <exception cref="FormatException">
    /// The effective events do not begin with the permit's issue, or an annulment names none of them: the history is damaged.
    /// </exception>
    public void Replay(PermitEvent happening)
    {
        if (happening is Annulled annulled)
        {
            if (RefuseTarget(annulled) is not null)
            {
                throw new FormatException("An annulment names no event that could be annulled.");
            }

            Annul(annulled.Target);
        }
        else if (_last == 0 != happening is Issued)
        {
            throw new FormatException("A permit's history begins with its issue, and has one.");
        }

        Take(happening);
        _unjudged = Count;
    }

    /// <summary>Adds the event if the rules admit it.</summary>
    /// <returns>Null when it was added; otherwise why not, and nothing has changed.</returns>
    public Rejection? TryAdd(PermitEvent happening)
    {
        var rejection = Judge(happening);
        if (rejection is not null)
        {
            return rejection;
        }

        if (happening is Annulled annulled)
        {
            Annul(annulled.Target);

            // What remains was judged from the first event on.
            _unjudged = 0;
        }

        Take(happening);
        return null;
    }

    /// <summary>Whether the event at a place is annulled.</summary>
    public bool IsAnnulled(int place) => _steps[place - 1].IsAnnulled;

    /// <summary>Why the rules do not admit the event, or null; nothing changes.</summary>
    internal Rejection? Judge(PermitEvent happening) =>
        happening is Annulled annulled ? Judge(annulled)
        : _last == 0 ? JudgeFirst(happening)
        : happening is Issued ? new Rejection(
            RejectCode.AlreadyIssued, new($"The permit was issued on {IssuedOn():yyyy-MM-dd}.", $"证件已于 {IssuedOn():yyyy-MM-dd} 签发。"))
        : happening.On < _steps[_last - 1].Event.On ? OutOfOrder()
        : Judge(Course, happening);

    private static Rejection? Judge(PermitCourse? course, PermitEvent happening) => course is null
        ? new Rejection(
            RejectCode.NotAdmissible, new("The rulebook in force knows no permits of this kind.", "现行规则没有此类证件。"))
        : course.At(happening.On).Judge(happening);

    private Rejection? JudgeFirst(PermitEvent happening) =>
        happening is not Issued issued
            ? new Rejection(
                RejectCode.NotIssued,
                new("The permit was not issued; its first event must be 'issued'.", "证件尚未签发，第一个事项必须是 'issued' 发证。"))
        : PermitCourse.Begin(issued, _rulebook) is null
            ? new Rejection(
                RejectCode.NotAdmissible,
                new($"Rulebook {_rulebook.Version} knows no permits of this kind.", $"规则 {_rulebook.Version} 没有此类证件。"))
        : null;

    /// <summary>Policy §7a: a target that can be annulled, then its date, then what remains, one after the other.</summary>
    private Rejection? Judge(Annulled annulled)
    {
        if (Count == 0)
        {
            return new Rejection(
                RejectCode.NotIssued, new("The permit has no event that could be annulled.", "证件没有可以更正的事项。"));
        }

        if (RefuseTarget(annulled) is { } detail)
        {
            return new Rejection(RejectCode.NotAdmissible, detail);
        }

        var target = _steps[annulled.Target - 1].Event;
        return annulled.On < target.On
            ? new Rejection(
                RejectCode.OutOfOrder,
                new(
                    $"The event to annul is of {target.On:yyyy-MM-dd}; its annulment is not of an earlier date.",
                    $"要更正的事项日期为 {target.On:yyyy-MM-dd}，更正的日期不能更早。"))
            : JudgeWithout(annulled.Target);
    }

    private Wording? RefuseTarget(Annulled annulled) =>
        annulled.Target > Count ? new(
            $"The permit has no event at place {annulled.Target}; it has {Count}.", $"证件没有第 {annulled.Target} 个事项，共有 {Count} 个。")
        : _steps[annulled.Target - 1] is var step && step.IsAnnulled ? new(
            $"The event at place {annulled.Target} is annulled already.", $"第 {annulled.Target} 个事项已被更正。")
        : step.Event is Annulled ? new(
            $"The event at place {annulled.Target} is an annulment, which is not annulled: record the right event anew.",
            $"第 {annulled.Target} 个事项本身是更正，不能再更正：请重新登记正确的事项。")
        : null;

    /// <summary>Whether the events that remain without one are admissible one after the other.</summary>
    private Rejection? JudgeWithout(int target)
    {
        var rest = new Admission(_rulebook);
        var place = 0;
        foreach (var step in _steps)
        {
            place++;
            if (!step.IsEffective || place == target)
            {
                continue;
            }

            if (place < target && place > _unjudged)
            {
                // It was judged here, and nothing before it is gone.
                rest.TakeJudged(step);
            }
            else if (rest.TryAdd(step.Event) is { } rejection)
            {
                return new Rejection(
                    RejectCode.NotAdmissible,
                    new(
                        $"Without it the event at place {place}, '{step.Event.Name}' of {step.Event.On:yyyy-MM-dd}, would not be admissible: "
                        + rejection.Detail.English,
                        $"去掉它之后，第 {place} 个事项（{step.Event.On:yyyy-MM-dd} 的 '{step.Event.Name}'）将不能受理：{rejection.Detail.Chinese}"));
            }
        }

        return null;
    }

    private DateOnly IssuedOn() => _steps.Find(step => step.IsEffective).Event.On;

    private Rejection OutOfOrder() => new(
        RejectCode.OutOfOrder,
        new(
            $"The permit has an event of {_steps[_last - 1].Event.On:yyyy-MM-dd}, and events are only added after the last. To put this one right, "
            + "annul those after it, the last first (event 'annulled'), then record it and them one by one.",
            $"证件已有 {_steps[_last - 1].Event.On:yyyy-MM-dd} 的事项，新事项只能在最后一个之后追加。要补登，请先从最后一个起逐个更正其后的事项"
            + "（事项 'annulled'），再逐个重新登记。"));

    private void Take(PermitEvent happening)
    {
        var isEffective = happening is not Annulled;
        _steps.Add(new Step(happening, isEffective ? CourseAfter(happening) : null, isEffective));
        _last = isEffective ? Count : _last;
    }

    private PermitCourse? CourseAfter(PermitEvent happening) =>
        happening is Issued issued ? PermitCourse.Begin(issued, _rulebook) : Course?.At(happening.On).Apply(happening);

    private void TakeJudged(Step step)
    {
        _steps.Add(step);
        _last = Count;
    }

    /// <summary>Takes an event out, as if it had never been recorded: those after it are applied to what was before it.</summary>
    private void Annul(int target)
    {
        _steps[target - 1] = _steps[target - 1] with { IsEffective = false };
        _last = 0;
        for (var place = 1; place <= Count; place++)
        {
            var step = _steps[place - 1];
            if (!step.IsEffective)
            {
                continue;
            }

            if (place > target)
            {
                _steps[place - 1] = step with { Course = CourseAfter(step.Event) };
            }

            _last = place;
        }
    }

    /// <summary>An event of the permit.</summary>
    /// <param name="Event">The event.</param>
    /// <param name="Course">What the effective events up to it have made of the permit.</param>
    /// <param name="IsEffective">Whether it counts: it is no annulment, and not annulled.</param>
    private readonly record struct Step(PermitEvent Event, PermitCourse? Course, bool IsEffective)
    {
        public bool IsAnnulled => !IsEffective && Event is not Annulled;
    }
}
