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

    private readonly ImmutableArray<EntitlementDecision>[] _throughout;
    private readonly ImmutableArray<EntitlementDecision>[] _notThroughout;

    /// <summary>A table of these cells. Where it has none, the kind of permit does not confer the entitlement.</summary>
    public EntitlementTable(IEnumerable<EntitlementCell> cells)
    {
        Cells = [.. cells];
        var rows = new EntitlementDecision[Enum.GetValues<PermitKind>().Length * Roles][];
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = [.. All.Select(entitlement => new EntitlementDecision(entitlement, Decision.NotConferred, Basis.PermitKind))];
        }

        foreach (var cell in Cells)
        {
            rows[IndexOf(cell.Kind, cell.Role)][(int)cell.Decision.Entitlement - 1] = cell.Decision;
        }

        _throughout = [.. rows.Select(row => row.ToImmutableArray())];
        _notThroughout = [.. rows.Select(row => row.Select(decision => WithoutConferring(decision, Basis.PermitStatus)).ToImmutableArray())];
    }

    /// <summary>Every entitlement refused because the permit is not valid on the date.</summary>
    public static ImmutableArray<EntitlementDecision> RefusedByStatus { get; } = Refused(Basis.PermitStatus);

    /// <summary>Every entitlement refused because the identity number is not on the permit.</summary>
    public static ImmutableArray<EntitlementDecision> RefusedByMismatch { get; } = Refused(Basis.SubjectMismatch);

    /// <summary>The cells, by kind, role and entitlement.</summary>
    public ImmutableArray<EntitlementCell> Cells { get; }

    /// <summary>What a valid permit decides, for each entitlement in order.</summary>
    /// <param name="kind">The kind of permit.</param>
    /// <param name="role">Who wants to benefit.</param>
    /// <param name="isThroughout">Whether it is valid as long as the asker needs it to be.</param>
    public ImmutableArray<EntitlementDecision> Decide(PermitKind kind, SubjectRole role, bool isThroughout = true) =>
        (isThroughout ? _throughout : _notThroughout)[IndexOf(kind, role)];

    /// <summary>A decision that confers nothing; one that did not anyway keeps its basis.</summary>
    internal static EntitlementDecision WithoutConferring(EntitlementDecision decision, Basis basis) =>
        decision.Decision == Decision.NotConferred ? decision : decision with { Decision = Decision.NotConferred, Basis = basis };

    private static int IndexOf(PermitKind kind, SubjectRole role) => ((int)kind * Roles) + (int)role;

    private static ImmutableArray<EntitlementDecision> Refused(Basis basis) =>
        [.. All.Select(entitlement => new EntitlementDecision(entitlement, Decision.NotConferred, basis))];
}
