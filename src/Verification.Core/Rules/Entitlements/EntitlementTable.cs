using System.Collections.Immutable;
using Verification.Core.Permits;
using Verification.Core.Rules.Codes;

namespace Verification.Core.Rules.Entitlements;

/// <summary>
/// What a valid permit decides on each entitlement, by kind and role (policy §8). Every row of decisions is made once, so that a
/// verdict refers to one and allocates nothing.
/// </summary>
public sealed class EntitlementTable
{
    private const int Roles = 5;

    private static readonly Entitlement[] All = Enum.GetValues<Entitlement>();

    private readonly ImmutableArray<EntitlementDecision>[] _rows;

    /// <summary>A table with these decisions for the holder, and the entitlements that decide for a role as for the holder.</summary>
    /// <param name="holder">For each kind, a decision on every entitlement, in order.</param>
    /// <param name="sources">The source of each entitlement's row, in order.</param>
    /// <param name="exempt">The (role, entitlement) pairs that are not the holder's alone.</param>
    public EntitlementTable(
        IReadOnlyDictionary<PermitKind, ImmutableArray<EntitlementDecision>> holder,
        ImmutableArray<string> sources,
        IReadOnlySet<(SubjectRole Role, Entitlement Entitlement)> exempt)
    {
        Sources = sources;
        _rows = new ImmutableArray<EntitlementDecision>[(holder.Count + 1) * Roles];
        foreach (var (kind, row) in holder)
        {
            foreach (var role in Enum.GetValues<SubjectRole>())
            {
                _rows[IndexOf(kind, role)] = role == SubjectRole.Holder
                    ? row
                    : [.. row.Select(cell => exempt.Contains((role, cell.Entitlement)) ? cell : WithoutHolder(cell))];
            }
        }
    }

    /// <summary>Every entitlement refused because the permit is not valid on the date.</summary>
    public static ImmutableArray<EntitlementDecision> RefusedByStatus { get; } = Refused(Basis.PermitStatus);

    /// <summary>Every entitlement refused because the identity number is not on the permit.</summary>
    public static ImmutableArray<EntitlementDecision> RefusedByMismatch { get; } = Refused(Basis.SubjectMismatch);

    /// <summary>The source of each entitlement's row, in order.</summary>
    public ImmutableArray<string> Sources { get; }

    /// <summary>What a valid permit decides, for each entitlement in order.</summary>
    public ImmutableArray<EntitlementDecision> Decide(PermitKind kind, SubjectRole role) => _rows[IndexOf(kind, role)];

    private static int IndexOf(PermitKind kind, SubjectRole role) => ((int)kind * Roles) + (int)role;

    /// <summary>What is conferred on the holder is the holder's alone; what is not conferred anyway keeps its basis.</summary>
    private static EntitlementDecision WithoutHolder(EntitlementDecision cell) =>
        cell.Decision == Decision.NotConferred
            ? cell
            : cell with { Decision = Decision.NotConferred, Basis = Basis.HolderOnly };

    private static ImmutableArray<EntitlementDecision> Refused(Basis basis) =>
        [.. All.Select(entitlement => new EntitlementDecision(entitlement, Decision.NotConferred, basis))];
}
