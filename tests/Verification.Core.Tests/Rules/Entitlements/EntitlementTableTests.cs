using Verification.Core.Permits;
using Verification.Core.Rules.Codes;
using Verification.Core.Rules.Entitlements;

namespace Verification.Core.Tests.Rules.Entitlements;

public sealed class EntitlementTableTests
{
    private static readonly Entitlement[] All = Enum.GetValues<Entitlement>();

    /// <summary>A table with a cell for every kind but one, every role and all but the last entitlement; cells differ.</summary>
    private static readonly EntitlementTable Table = new(
        from kind in Enum.GetValues<PermitKind>()
        where kind is not (PermitKind.None or PermitKind.EmployerRegistration)
        from role in Enum.GetValues<SubjectRole>()
        from entitlement in All[..^1]
        select new EntitlementCell(kind, role, Cell(kind, role, entitlement), "[P]"));

    [Fact]
    public void Decide_EveryKindRoleAndEntitlement_IsItsCellsOrNotOfThisKind()
    {
        foreach (var kind in Enum.GetValues<PermitKind>())
        {
            foreach (var role in Enum.GetValues<SubjectRole>())
            {
                Assert.Equal(All.Select(entitlement => Expected(kind, role, entitlement)), Table.Decide(kind, role).AsEnumerable());
            }
        }
    }

    [Fact]
    public void Decide_NotValidThroughout_RefusesWhatWouldBeConferredByStatusAndKeepsTheOtherBases()
    {
        foreach (var kind in Enum.GetValues<PermitKind>())
        {
            foreach (var role in Enum.GetValues<SubjectRole>())
            {
                Assert.Equal(
                    All.Select(entitlement => Expected(kind, role, entitlement) is { Decision: not Decision.NotConferred }
                        ? new EntitlementDecision(entitlement, Decision.NotConferred, Basis.PermitStatus)
                        : Expected(kind, role, entitlement)),
                    Table.Decide(kind, role, isThroughout: false).AsEnumerable());
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

    private static EntitlementDecision Expected(PermitKind kind, SubjectRole role, Entitlement entitlement) =>
        kind is PermitKind.None or PermitKind.EmployerRegistration || entitlement == All[^1]
            ? new EntitlementDecision(entitlement, Decision.NotConferred, Basis.PermitKind)
            : Cell(kind, role, entitlement);

    private static EntitlementDecision Cell(PermitKind kind, SubjectRole role, Entitlement entitlement) => new(
        entitlement,
        (Decision)(1 + (((int)kind + (int)role + (int)entitlement) % 3)),
        (Basis)(1 + (((int)kind + (3 * (int)role) + (int)entitlement) % 9)));
}
