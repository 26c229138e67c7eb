using System.Collections.Immutable;
using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Core.Rules.Codes;
using Verification.Core.Rules.Dates;
using Verification.Core.Rules.Rulebooks;
using Verification.Core.Words;

namespace Verification.Core.Rules.Kinds;

/// <summary>
/// What the events of one permit have made of it. The calendar alone moves it on: <see cref="At"/> lets every scheduled transition
/// up to a date happen, at 00:00, before that date's events. One subtype for each section of the policy.
/// </summary>
internal abstract record PermitCourse
{
    protected PermitCourse(Issued issued)
    {
        Kind = issued.Kind;
        IssuedOn = issued.On;
    }

    public PermitKind Kind { get; }

    public DateOnly IssuedOn { get; }

    /// <summary>The card's edition, from 1.</summary>
    public int Edition { get; init; } = 1;

    /// <summary>The accompanying family 随往人员.</summary>
    public ImmutableArray<Dependant> Family { get; init; } = [];

    /// <summary><see cref="StatusReasons.Cancelled"/> or <see cref="StatusReasons.Exchanged"/> once it is cancelled.</summary>
    public StatusReasons Cancellation { get; init; }

    /// <summary>The first date after the present term or endorsement; <see cref="Calendar.Never"/> when it has no end.</summary>
    public DateOnly ExpiresOn { get; protected init; }

    /// <summary>The course that an issue begins; null where the rulebook knows no such kind.</summary>
    public static PermitCourse? Begin(Issued issued, Rulebook rulebook) => issued.Kind switch
    {
        PermitKind.WorkResidencePermit => new WorkResidencePermit(issued, rulebook.WorkResidencePermit),
        PermitKind.ResidencePermit => new ResidencePermit(issued, rulebook.ResidencePermit),
        PermitKind.ResidenceRegistrationCard => new RegistrationCard(issued, rulebook.RegistrationCard),
        PermitKind.TemporaryResidencePermit => new TemporaryPermit(issued),
        PermitKind.EmployerRegistration => rulebook.EmployerRegistration is { } rules ? new EmployerRegistration(issued, rules) : null,
        _ => throw new ArgumentException("A permit has a kind.", nameof(issued)),
    };

    /// <summary>The course once every scheduled transition up to and including 00:00 of the date has happened.</summary>
    public virtual PermitCourse At(DateOnly date) => this;

    /// <summary>The first later date on which the calendar alone may change the standing, or <see cref="Calendar.Never"/>.</summary>
    public DateOnly NextTurn(DateOnly date)
    {
        if (Cancellation != StatusReasons.None)
        {
            return Calendar.Never;
        }

        var next = Calendar.Never;
        foreach (var turn in Turns(date))
        {
            next = turn > date && turn < next ? turn : next;
        }

        return next;
    }

    /// <summary>The standing on the date, of a course that is <see cref="At"/> it (policy §2).</summary>
    public Standing StandingOn(DateOnly date) =>
        Cancellation != StatusReasons.None ? new Standing(PermitStatus.Cancelled, Cancellation)
        : HasLapsed(date) ? new Standing(PermitStatus.Expired, StatusReasons.Lapsed)
        : StandingInForce(date);

    /// <summary>The first rule that refuses the event on its date, or null; the course is <see cref="At"/> that date.</summary>
    public Rejection? Judge(PermitEvent happening) =>
        !HasEvent(happening)
            ? new Rejection(
                RejectCode.WrongKind,
                new($"A {CodeNames.WordOf(Kind)} has no event '{happening.Name}'.", $"{Terms.Of(Kind).Name.Chinese}没有事项 '{happening.Name}'。"))
        : EndOn(happening.On) is { } end ? end
        : Refuse(happening) is { } detail ? new Rejection(RejectCode.NotAdmissible, detail)
        : null;

    /// <summary>Why nothing more can come of the permit on a date, or null; the course is <see cref="At"/> that date.</summary>
    public Rejection? EndOn(DateOnly date) =>
        Cancellation == StatusReasons.Cancelled ? new Rejection(RejectCode.AlreadyCancelled, new("The permit is cancelled.", "证件已经注销。"))
        : Cancellation == StatusReasons.Exchanged ? new Rejection(RejectCode.AlreadyCancelled, new("The card was exchanged.", "登记卡已经换证。"))
        : HasLapsed(date) ? new Rejection(RejectCode.Lapsed, new("The permit's term is over for good.", "证件已自然失效。"))
        : null;

    /// <summary>The course after an admissible event.</summary>
    public PermitCourse Apply(PermitEvent happening) => happening switch
    {
        Cancelled => this with { Cancellation = StatusReasons.Cancelled },
        Exchanged => this with { Cancellation = StatusReasons.Exchanged },
        _ => ApplyOwn(happening),
    };

    /// <summary>Dates, in any order, on which the calendar may change the standing; dates in the past are ignored.</summary>
    protected abstract ReadOnlySpan<DateOnly> Turns(DateOnly date);

    /// <summary>Whether the term is over for good 自然失效.</summary>
    protected abstract bool HasLapsed(DateOnly date);

    /// <summary>The standing while neither cancelled nor lapsed.</summary>
    protected abstract Standing StandingInForce(DateOnly date);

    /// <summary>Whether permits of this kind have such an event at all.</summary>
    protected abstract bool HasEvent(PermitEvent happening);

    /// <summary>What the kind's own rules have against an event, in words, or null.</summary>
    protected abstract Wording? Refuse(PermitEvent happening);

    /// <summary>The course after an admissible event of the kind's own.</summary>
    protected abstract PermitCourse ApplyOwn(PermitEvent happening);
}
