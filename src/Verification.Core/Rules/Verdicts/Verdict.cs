using System.Collections.Immutable;
using Verification.Core.Permits;
using Verification.Core.Rules.Codes;

namespace Verification.Core.Rules.Verdicts;

/// <summary>What is true of a permit on a date, and what it entitles a subject to. Made by <see cref="VerdictRules"/>.</summary>
/// <param name="Number">The permit's number.</param>
/// <param name="Kind">Its kind; <see cref="PermitKind.None"/> where it is not found.</param>
/// <param name="AsOf">The date.</param>
/// <param name="Standing">Status and reasons, as the asker may see them.</param>
/// <param name="StatusSince">The first date of the run of dates with this standing; null before issue and where not found.</param>
/// <param name="StatusUntil">The first later date on which it changes if no further event comes; null when it does not.</param>
/// <param name="IssuedOn">The issue date; null before it and where not found.</param>
/// <param name="ExpiresOn">The first date after the present term or endorsement; null before issue and where not found.</param>
/// <param name="ValidUntil">
/// Where the status is valid, the first later date on which it is not if no further event comes; null when it always is, and on any other
/// status.
/// </param>
/// <param name="Throughout">Whether it is valid on every day to a last one; null where none was named.</param>
/// <param name="SubjectMatch">Whether the identity number is on the permit.</param>
/// <param name="CardMatch">Whether the card shown is the current one.</param>
/// <param name="Decisions">A decision on every entitlement, in order.</param>
public readonly record struct Verdict(
    PermitNumber Number,
    PermitKind Kind,
    DateOnly AsOf,
    Standing Standing,
    DateOnly? StatusSince,
    DateOnly? StatusUntil,
    DateOnly? IssuedOn,
    DateOnly? ExpiresOn,
    DateOnly? ValidUntil,
    Throughout? Throughout,
    SubjectMatch SubjectMatch,
    CardMatch CardMatch,
    ImmutableArray<EntitlementDecision> Decisions)
{
    /// <summary>The decision on one entitlement.</summary>
    public EntitlementDecision On(Entitlement entitlement) => Decisions[(int)entitlement - 1];
}
