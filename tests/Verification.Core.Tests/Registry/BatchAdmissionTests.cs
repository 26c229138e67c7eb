using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Core.Permits.RegistryFile;
using Verification.Core.Registry;

namespace Verification.Core.Tests.Registry;

public sealed class BatchAdmissionTests
{
    private static readonly PermitNumber Number = PermitNumber.Parse("BJ2024000017");

    private static readonly Issued Issue = new(new DateOnly(2024, 5, 10), PermitKind.WorkResidencePermit);

    /// <summary>What an earlier rulebook admitted stays: a stricter one does not stop an import of the same permit.</summary>
    [Fact]
    public void Add_HistoryThatTodaysRulesWouldRefuse_IsNotJudgedAgain()
    {
        var batch = new BatchAdmission(Cases.Rulebook, [(Number, Issue), (Number, new Returned(new DateOnly(2024, 5, 11)))]);

        batch.Add(new ImportLine(1, Number, new Reissued(new DateOnly(2024, 5, 12)), null));

        Assert.Equal((Number, 3), batch.Admitted.Select(admitted => (admitted.Permit, admitted.Sequence)).Single());
    }

    [Fact]
    public void Create_HistoryWithoutItsIssue_IsDamaged()
    {
        Assert.Throws<FormatException>(() => new BatchAdmission(Cases.Rulebook, [(Number, new Reissued(new DateOnly(2024, 5, 11)))]));
        Assert.Throws<FormatException>(() => new BatchAdmission(Cases.Rulebook, [(Number, Issue), (Number, Issue)]));
    }
}
