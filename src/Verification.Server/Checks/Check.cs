using System.Collections.Immutable;
using Verification.Core.Permits;
using Verification.Core.Rules.Codes;
using Verification.Core.Rules.Verdicts;

namespace Verification.Server.Checks;

/// <summary>One check, read and found well formed.</summary>
/// <param name="Number">The permit.</param>
/// <param name="Entitlements">What to decide, in the order of the answer, each once.</param>
/// <param name="Subject">Who wants to benefit.</param>
/// <param name="AsOf">The date that the verdict is for.</param>
/// <param name="Through">The last day on which it must be valid; null when the date is the only one.</param>
/// <param name="CardEdition">The edition that the card shows, from 1; null when it was not sent.</param>
internal readonly record struct Check(
    PermitNumber Number, ImmutableArray<Entitlement> Entitlements, Subject Subject, DateOnly AsOf, DateOnly? Through, int? CardEdition);
