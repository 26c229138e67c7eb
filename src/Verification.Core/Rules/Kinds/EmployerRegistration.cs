using Verification.Core.Permits.Events;
using Verification.Core.Rules.Codes;
using Verification.Core.Rules.Dates;
using Verification.Core.Rules.Rulebooks;
using Verification.Core.Words;

namespace Verification.Core.Rules.Kinds;

/// <summary>Policy §6a: employer registration 申报单位注册. No term; inspected every year as work residence permits are. [A §3.5, §5.1]</summary>
internal sealed record EmployerRegistration : PermitCourse
{
    private readonly AnnualInspectionRules _rules;

    public EmployerRegistration(Issued issued, EmployerRegistrationRules rules)
        : base(issued)
    {
        _rules = rules.Inspection;
        ExpiresOn = Calendar.Never;
        Inspection = new AnnualInspection(issued.On, IsPending: false, IsFrozen: false);
    }

    /// <summary>The employer's annual inspection 单位年检.</summary>
    public AnnualInspection Inspection { get; private init; }

    public override PermitCourse At(DateOnly date) => this with { Inspection = Inspection.At(date, ExpiresOn, _rules) };

    protected override ReadOnlySpan<DateOnly> Turns(DateOnly date) => new[] { Inspection.NextTurn(ExpiresOn, _rules) };

    protected override bool HasLapsed(DateOnly date) => false;

    protected override Standing StandingInForce(DateOnly date) =>
        Inspection.IsFrozen ? new(PermitStatus.Frozen, StatusReasons.InspectionMissed)
        : new(PermitStatus.Valid, Inspection.IsPending ? StatusReasons.InspectionPending : StatusReasons.None);

    protected override bool HasEvent(PermitEvent happening) => happening is Inspected or Cancelled;

    protected override Wording? Refuse(PermitEvent happening) =>
        happening is Inspected inspected ? Inspection.Refuse(inspected, ExpiresOn) : null;

    protected override PermitCourse ApplyOwn(PermitEvent happening) => this with { Inspection = Inspection.Passed() };
}
