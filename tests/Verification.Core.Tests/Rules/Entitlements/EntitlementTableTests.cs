using System.Collections.Immutable;
using Verification.Core.Permits;
using Verification.Core.Rules.Codes;
using Verification.Core.Rules.Entitlements;

namespace Verification.Core.Tests.Rules.Entitlements;

public sealed class EntitlementTableTests
{
    private static readonly PermitKind[] Kinds = [.. Enum.GetValues<PermitKind>().Where(kind => kind != PermitKind.None)];

    private static readonly ImmutableArray<Entitlement> All = [.. Enum.GetValues<Entitlement>()];

    /// <summary>A table whose rows differ by kind.</summary>
    private static readonly EntitlementTable Table = new(
        Kinds.ToDictionary(kind => kind, kind => All.Select(entitlement => Cell(kind, entitlement)).ToImmutableArray()),
        [.. All.Select(entitlement => $"[{entitlement}]")],
        new HashSet<(SubjectRole, Entitlement)> { (SubjectRole.Child, Entitlement.SchoolEnrollment), (SubjectRole.Spouse, Entitlement.HomePurchase) });

    [Fact]
    public void Decide_EveryKindRoleAndEntitlement_IsTheHoldersExceptWhereItIsTheHoldersAlone()
    {
        foreach (var kind in Kinds)
        {
            foreach (var role in Enum.GetValues<SubjectRole>())
            {
                var exempt = role switch
                {
                    SubjectRole.Holder => All,
                    SubjectRole.Child => [Entitlement.SchoolEnrollment],
                    SubjectRole.Spouse => [Entitlement.HomePurchase],
                    _ => ImmutableArray<Entitlement>.Empty,
                };
                Assert.Equal(
                    All.Select(entitlement => Cell(kind, entitlement)).Select(cell =>
                        exempt.Contains(cell.Entitlement) || cell.Decision == Decision.NotConferred
                            ? cell
                            : new EntitlementDecision(cell.Entitlement, Decision.NotConferred, Basis.HolderOnly)),
                    Table.Decide(kind, role).AsEnumerable());
            }
        }
    }

    [Fact]
    public void Refused_EveryEntitlement_IsNotConferred()
    {
        Assert.Equal(
            All.Select(entitlement => new EntitlementDecision(entitlement, Decision.NotConferred, Basis.PermitStatus)),
            EntitlementTable.RefusedByStatus.AsEnumerable());
        Assert.Equal(
            All.Select(entitlement => new EntitlementDecision(entitlement, Decision.NotConferred, Basis.SubjectMismatch)),
            EntitlementTable.RefusedByMismatch.AsEnumerable());
    }

    private static EntitlementDecision Cell(PermitKind kind, Entitlement entitlement) => (((int)kind + (int)entitlement) % 3) switch
    {
        0 => new(entitlement, Decision.Conferred, Basis.CitizenTreatment),
        1 => new(entitlement, Decision.Conditional, Basis.FurtherRules),
        _ => new(entitlement, Decision.NotConferred, Basis.PermitKind),
    };
}
