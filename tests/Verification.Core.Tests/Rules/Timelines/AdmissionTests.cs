using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Core.Rules.Timelines;

namespace Verification.Core.Tests.Rules.Timelines;

public sealed class AdmissionTests
{
    private static readonly Issued Issue = new(new DateOnly(2024, 5, 10), PermitKind.WorkResidencePermit);

    [Fact]
    public void TryAdd_ToAHistory_GoesOnAfterItsLastEvent()
    {
        var admission = new Admission(Cases.Rulebook, [Issue, new Retained(new DateOnly(2024, 6, 1), RetentionProcedure.Reissue)]);

        Assert.Equal(2, admission.Count);
        Assert.Equal(RejectCode.AlreadyIssued, admission.TryAdd(Issue)?.Code);
        Assert.Equal(RejectCode.OutOfOrder, admission.TryAdd(new Returned(new DateOnly(2024, 5, 31)))?.Code);
        Assert.Equal(2, admission.Count);
        Assert.Null(admission.TryAdd(new Returned(new DateOnly(2024, 6, 1))));
        Assert.Equal(3, admission.Count);
    }

    [Fact]
    public void Create_HistoryWithoutOneIssueAtItsBeginning_IsDamaged()
    {
        Assert.Throws<FormatException>(() => new Admission(Cases.Rulebook, [new Reissued(Issue.On)]));
        Assert.Throws<FormatException>(() => new Admission(Cases.Rulebook, [Issue, Issue]));
    }
}
