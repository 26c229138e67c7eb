using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Core.Rules.Kinds;
using Verification.Core.Rules.Rulebooks;

namespace Verification.Core.Rules.Timelines;

/// <summary>
/// Decides event by event what may be added to one permit's history: codes <c>NOT_ISSUED</c> to <c>NOT_ADMISSIBLE</c> of policy
/// §7, the first that applies. Not safe for concurrent use.
/// </summary>
public sealed class Admission
{
    private readonly Rulebook _rulebook;
    private PermitCourse? _course;
    private DateOnly _lastOn;

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

    /// <summary>How many events the permit has; the last one's sequence.</summary>
    public int Count { get; private set; }

    /// <summary>
    /// Adds an event that was recorded before. It is not judged again: what one rulebook admitted stays, whatever a later one says.
    /// </summary>
    /// <exception cref="FormatException">The history does not begin with the permit's issue: it is damaged.</exception>
    public void Replay(PermitEvent happening)
    {
        if (_course is null != happening is Issued)
        {
            throw new FormatException("A permit's history begins with its issue, and has one.");
        }

        Take(happening);
    }

    /// <summary>Adds the event if the rules admit it.</summary>
    /// <returns>Null when it was added; otherwise why not, and nothing has changed.</returns>
    public Rejection? TryAdd(PermitEvent happening)
    {
        var rejection = Judge(happening);
        if (rejection is null)
        {
            Take(happening);
        }

        return rejection;
    }

    private Rejection? Judge(PermitEvent happening)
    {
        if (_course is null)
        {
            return happening is Issued ? null : new Rejection(RejectCode.NotIssued, "The permit was not issued; its first event must be 'issued'.");
        }

        return happening is Issued ? new Rejection(RejectCode.AlreadyIssued, $"The permit was issued on {_course.IssuedOn:yyyy-MM-dd}.")
            : happening.On < _lastOn ? OutOfOrder()
            : _course.At(happening.On).Judge(happening);
    }

    private Rejection OutOfOrder() => new(
        RejectCode.OutOfOrder,
        $"The permit has an event of {_lastOn:yyyy-MM-dd}, and events are only added after the last. To put this one right, those after it "
        + "must be annulled (once the registry can annul), then it and they recorded one by one.");

    private void Take(PermitEvent happening)
    {
        _course = _course is null
            ? PermitCourse.Begin((Issued)happening, _rulebook)
            : _course.At(happening.On).Apply(happening);
        _lastOn = happening.On;
        Count++;
    }
}
