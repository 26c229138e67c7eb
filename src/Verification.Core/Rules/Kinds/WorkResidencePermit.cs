using Verification.Core.Permits.Events;
using Verification.Core.Rules.Codes;
using Verification.Core.Rules.Dates;
using Verification.Core.Rules.Rulebooks;
using Verification.Core.Words;

namespace Verification.Core.Rules.Kinds;

/// <summary>Policy §3: work residence permit 北京市工作居住证.</summary>
internal sealed record WorkResidencePermit : PermitCourse
{
    private readonly WorkResidencePermitRules _rules;
    private readonly Months _term;

    public WorkResidencePermit(Issued issued, WorkResidencePermitRules rules)
        : base(issued)
    {
        _rules = rules;
        _term = rules.Term.On(issued.AppliedOn ?? issued.On);
        ExpiresOn = issued.On.Plus(_term);
        (RenewalOpens, RenewalCloses) = RenewalAround(ExpiresOn);
        Inspection = new AnnualInspection(issued.On, IsPending: false, IsFrozen: false);
    }

    /// <summary>Annual inspection 年检.</summary>
    public AnnualInspection Inspection { get; private init; }

    /// <summary>Change of employer 聘用单位变更: the separation that is running, if any.</summary>
    public Separation? Separation { get; private init; }

    /// <summary>Retention 留置: whether the bureau holds the card.</summary>
    public bool IsRetained { get; private init; }

    // Kept, as they are asked for at every turn of a projection.
    private DateOnly RenewalOpens { get; init; }

    private DateOnly RenewalCloses { get; init; }

    public override PermitCourse At(DateOnly date) => this with { Inspection = Inspection.At(date, ExpiresOn, _rules.Inspection) };

    protected override ReadOnlySpan<DateOnly> Turns(DateOnly date) =>
        new[]
        {
            RenewalOpens,
            ExpiresOn,
            RenewalCloses,
            Inspection.NextTurn(ExpiresOn, _rules.Inspection),
            Separation?.TransferDue.Next ?? Calendar.Never,
        };

    protected override bool HasLapsed(DateOnly date) => date.HasReached(RenewalCloses);

    /// <summary>Precedence: expired before frozen before valid (policy §2).</summary>
    protected override Standing StandingInForce(DateOnly date)
    {
        var frozen = Inspection.IsFrozen ? StatusReasons.InspectionMissed : StatusReasons.None;
        var notices = (Inspection.IsPending ? StatusReasons.InspectionPending : StatusReasons.None)
            | (Separation?.NoticeOn(date) ?? StatusReasons.None)
            | (IsRetained ? StatusReasons.UnderProcedure : StatusReasons.None);
        return date.HasReached(ExpiresOn) ? new Standing(PermitStatus.Expired, StatusReasons.ExpiredRenewable | frozen | notices)
            : Inspection.IsFrozen ? new Standing(PermitStatus.Frozen, frozen | notices)
            : date.HasReached(RenewalOpens) ? new Standing(PermitStatus.Valid, StatusReasons.RenewalWindowOpen | notices)
            : new Standing(PermitStatus.Valid, notices);
    }

    protected override bool HasEvent(PermitEvent happening) => happening
        is Renewed or Inspected or Cancelled or EmploymentEnded or CancellationDeferred or EmployerChanged or Retained or Returned or Reissued
        or DependantAdded or DependantRemoved;

    private static Wording NoSeparation => new("No employment has ended.", "没有离职登记。");

    protected override Wording? Refuse(PermitEvent happening) => happening switch
    {
        Renewed => RefuseRenewal(happening.On),
        Inspected inspected => Inspection.Refuse(inspected, ExpiresOn),
        EmploymentEnded => Separation is null
            ? null
            : new("The holder's first separation has not ended.", "持证人上一次离职尚未了结。"),
        CancellationDeferred deferral => Separation is null ? NoSeparation : Separation.Refuse(deferral),
        EmployerChanged transfer => Separation is null ? NoSeparation : Separation.Refuse(transfer),
        Retained => IsRetained ? new("The card is retained already.", "证件已被留置。") : null,
        Returned => IsRetained ? null : new("The card is not retained.", "证件没有被留置。"),
        DependantAdded added => Family.Contains(DependantOf(added))
            ? new("This person is on the permit in this relation already.", "此人已以该关系登记在证件上。")
            : null,
        DependantRemoved removed => Family.Contains(DependantOf(removed))
            ? null
            : new("This person is not on the permit in this relation.", "此人没有以该关系登记在证件上。"),
        _ => null,
    };

    protected override PermitCourse ApplyOwn(PermitEvent happening) => happening switch
    {
        Renewed => Renew(ExpiresOn.Plus(_term)),
        Inspected => this with { Inspection = Inspection.Passed() },
        EmploymentEnded ended => this with { Separation = new Separation(ended, _rules) },
        CancellationDeferred deferral => this with { Separation = Separation!.Defer(deferral) },
        EmployerChanged => this with { Separation = null },
        Retained => this with { IsRetained = true },
        Returned => this with { IsRetained = false },
        Reissued => this with { Edition = Edition + 1 },
        DependantAdded added => this with { Family = Family.Add(DependantOf(added)) },
        DependantRemoved removed => this with { Family = Family.Remove(DependantOf(removed)) },
        _ => throw new ArgumentException($"A work residence permit has no event '{happening.Name}'.", nameof(happening)),
    };

    private WorkResidencePermit Renew(DateOnly expiresOn)
    {
        var (opens, closes) = RenewalAround(expiresOn);
        return this with { ExpiresOn = expiresOn, RenewalOpens = opens, RenewalCloses = closes };
    }

    private (DateOnly Opens, DateOnly Closes) RenewalAround(DateOnly expiresOn) =>
        (expiresOn.Minus(_rules.RenewalOpens.On(expiresOn)), expiresOn.Plus(_rules.RenewalCloses.On(expiresOn)));

    private static Dependant DependantOf(DependantAdded added) => new(added.Relation, added.Identity);

    private static Dependant DependantOf(DependantRemoved removed) => new(removed.Relation, removed.Identity);

    /// <summary>Renewal 续签 is admissible in <c>[expires_on − 1 month, expires_on + 1 month)</c>, not while frozen. [A §3.3][P]</summary>
    private Wording? RefuseRenewal(DateOnly on) =>
        Inspection.IsFrozen && !_rules.RenewableWhileFrozen.On(ExpiresOn) ? new("A frozen permit is not renewed before its inspection is made up.", "冻结的证件补办年检之后才能续签。")
        : !on.HasReached(RenewalOpens) ? new($"Renewal is admissible from {RenewalOpens:yyyy-MM-dd}.", $"{RenewalOpens:yyyy-MM-dd} 起才能续签。")
        : null;
}
