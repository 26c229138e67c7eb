using System.Collections.Immutable;
using Verification.Core.Permits;
using Verification.Core.Rules.Codes;

namespace Verification.Core.Rules.Procedures;

/// <summary>What may be filed for a permit on a date.</summary>
/// <param name="Kind">Its kind; <see cref="PermitKind.None"/> where it is not found.</param>
/// <param name="Status">Its status on the date.</param>
/// <param name="Openings">The procedures of its kind, in the order of the rulebook.</param>
public sealed record PermitProcedures(PermitKind Kind, PermitStatus Status, ImmutableArray<ProcedureOpening> Openings);
