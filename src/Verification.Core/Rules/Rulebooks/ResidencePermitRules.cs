using Verification.Core.Rules.Dates;

namespace Verification.Core.Rules.Rulebooks;

/// <summary>The parameters of policy §4, residence permit 北京市居住证.</summary>
/// <param name="EndorsementPeriod">How long an issue or an endorsement 签注 lasts, by the date it is counted from.</param>
/// <param name="EndorsementOpens">How long before <c>endorsed_until</c> the endorsement may be filed, by that date.</param>
public sealed record ResidencePermitRules(Dated<Months> EndorsementPeriod, Dated<Months> EndorsementOpens);
