using Verification.Core.Permits.Events;
using Verification.Core.Rules.Codes;
using Verification.Core.Rules.Dates;
using Verification.Core.Rules.Rulebooks;
using Verification.Core.Words;

namespace Verification.Core.Rules.Kinds;

/// <summary>Policy §5: residence registration card 居住登记卡. [D]</summary>
internal sealed record RegistrationCard : PermitCourse
{
    private readonly RegistrationCardRules _rules;

    public RegistrationCard(Issued issued, RegistrationCardRules rules)
        : base(issued)
    {
        _rules = rules;
        Start = issued.On;
        ExpiresOn = EndOf(Start);
    }

    /// <summary>The start of the present term: the issue date, or the old <c>expires_on</c> after an extension.</summary>
    public DateOnly Start { get; private init; }

    private DateOnly ExtensionOpens => Start.Plus(_rules.ExtensionOpens.On(Start));

    private DateOnly ExtensionCloses => Start.Plus(_rules.ExtensionCloses.On(Start));

    protected override ReadOnlySpan<DateOnly> Turns(DateOnly date) => new[] { ExtensionOpens, ExpiresOn, ExtensionCloses };

    protected override bool HasLapsed(DateOnly date) => date.HasReached(ExtensionCloses);

    protected override Standing StandingInForce(DateOnly date) =>
        date.HasReached(ExpiresOn) ? new(PermitStatus.Expired, StatusReasons.ExpiredRenewable)
        : date.HasReached(ExtensionOpens) ? new(PermitStatus.Valid, StatusReasons.RenewalWindowOpen)
        : new(PermitStatus.Valid, StatusReasons.None);

    protected override bool HasEvent(PermitEvent happening) => happening is Extended or Exchanged or Cancelled;

    protected override Wording? Refuse(PermitEvent happening) =>
        happening is Extended && !happening.On.HasReached(ExtensionOpens)
            ? new($"Extension is admissible from {ExtensionOpens:yyyy-MM-dd}.", $"{ExtensionOpens:yyyy-MM-dd} 起才能延期。")
            : null;

    protected override PermitCourse ApplyOwn(PermitEvent happening) => this with { Start = ExpiresOn, ExpiresOn = EndOf(ExpiresOn) };

    private DateOnly EndOf(DateOnly start) => start.Plus(_rules.Term.On(start));
}
