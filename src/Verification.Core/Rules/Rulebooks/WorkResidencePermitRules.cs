using Verification.Core.Rules.Dates;

namespace Verification.Core.Rules.Rulebooks;

/// <summary>The parameters of policy §3, work residence permit 北京市工作居住证.</summary>
/// <param name="Term">Term of the permit and of each renewal, by the date of application.</param>
/// <param name="RenewalOpens">How long before <c>expires_on</c> renewal 续签 opens, by that date.</param>
/// <param name="RenewalCloses">How long after <c>expires_on</c> renewal closes, by that date.</param>
/// <param name="RenewableWhileFrozen">Whether a frozen permit may be renewed, by <c>expires_on</c>.</param>
/// <param name="Inspection">The annual inspection 年检.</param>
/// <param name="TransferTime">How long after <c>left_on</c> the transfer may be filed, by that date.</param>
/// <param name="DeferralLimit">How long after <c>left_on</c> a deferral may reach, by that date.</param>
public sealed record WorkResidencePermitRules(
    Dated<Months> Term,
    Dated<Months> RenewalOpens,
    Dated<Months> RenewalCloses,
    Dated<bool> RenewableWhileFrozen,
    AnnualInspectionRules Inspection,
    Dated<Months> TransferTime,
    Dated<Months> DeferralLimit);
