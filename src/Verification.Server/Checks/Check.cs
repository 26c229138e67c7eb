using System.Collections.Immutable;
using Verification.Audit.Records;
using Verification.Core.Permits;
using Verification.Core.Rules.Codes;
using Verification.Core.Rules.Verdicts;

namespace Verification.Server.Checks;

/// <summary>One check, read and found well formed.</summary>
/// <param name="Number">The permit.</param>
/// <param name="Entitlements">What to decide, in the order of the answer, each once.</param>
/// <param name="Subject">Who wants to benefit, as the rules compare them.</param>
/// <param name="Identity">The identity number sent, as it is recorded; null where none was.</param>
/// <param name="AsOf">The date that the verdict is for.</param>
/// <param name="Through">The last day on which it must be valid; null when the date is the only one.</param>
/// <param name="CardEdition">The edition that the card shows, from 1; null when it was not sent.</param>
/// <param name="Reference">The caller's own reference.</param>
internal readonly record struct Check(
    PermitNumber Number,
    ImmutableArray<Entitlement> Entitlements,
    DigestedSubject Subject,
    AuditIdentity? Identity,
    DateOnly AsOf,
    DateOnly? Through,
    int? CardEdition,
    AuditText Reference);
