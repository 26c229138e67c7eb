using Verification.Core.Rules.Dates;

namespace Verification.Core.Rules.Rulebooks;

/// <summary>The parameters of policy §5, residence registration card 居住登记卡; all by the start of the term.</summary>
/// <param name="Term">The term, from its start.</param>
/// <param name="ExtensionOpens">How long after the start extension opens.</param>
/// <param name="ExtensionCloses">How long after the start extension closes and the card lapses.</param>
public sealed record RegistrationCardRules(Dated<Months> Term, Dated<Months> ExtensionOpens, Dated<Months> ExtensionCloses);
