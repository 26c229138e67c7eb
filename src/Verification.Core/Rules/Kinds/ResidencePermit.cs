using Verification.Core.Permits.Events;
using Verification.Core.Rules.Codes;
using Verification.Core.Rules.Dates;
using Verification.Core.Rules.Rulebooks;
using Verification.Core.Words;

namespace Verification.Core.Rules.Kinds;

/// <summary>Policy §4: residence permit 北京市居住证. No term; endorsed 签注 once a year. [R art. 10]</summary>
internal sealed record ResidencePermit : PermitCourse
{
    private readonly ResidencePermitRules _rules;

    public ResidencePermit(Issued issued, ResidencePermitRules rules)
        : base(issued)
    {
        _rules = rules;
        ExpiresOn = NextEndorsement(issued.On);
    }

    /// <summary>The first date that the endorsement no longer covers: at 00:00 of it the permit is frozen.</summary>
    public DateOnly EndorsedUntil => ExpiresOn;

    private DateOnly EndorsementOpens => EndorsedUntil.Minus(_rules.EndorsementOpens.On(EndorsedUntil));

    protected override ReadOnlySpan<DateOnly> Turns(DateOnly date) => new[] { EndorsementOpens, EndorsedUntil };

    protected override bool HasLapsed(DateOnly date) => false;

    protected override Standing StandingInForce(DateOnly date) =>
        IsFrozen(date) ? new(PermitStatus.Frozen, StatusReasons.EndorsementMissed)
        : date.HasReached(EndorsementOpens) ? new(PermitStatus.Valid, StatusReasons.RenewalWindowOpen)
        : new(PermitStatus.Valid, StatusReasons.None);

    protected override bool HasEvent(PermitEvent happening) => happening is Endorsed or Cancelled;

    protected override Wording? Refuse(PermitEvent happening) =>
        happening is Endorsed && !happening.On.HasReached(EndorsementOpens)
            ? new($"Endorsement is admissible from {EndorsementOpens:yyyy-MM-dd}.", $"{EndorsementOpens:yyyy-MM-dd} 起才能签注。")
            : null;

    /// <summary>An endorsement in time counts from the old end; one that ends a freeze, from its own date.</summary>
    protected override PermitCourse ApplyOwn(PermitEvent happening) =>
        this with { ExpiresOn = NextEndorsement(IsFrozen(happening.On) ? happening.On : EndorsedUntil) };

    private bool IsFrozen(DateOnly date) => date.HasReached(EndorsedUntil);

    private DateOnly NextEndorsement(DateOnly from) => from.Plus(_rules.EndorsementPeriod.On(from));
}
