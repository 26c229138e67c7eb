using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Core.Permits.RegistryFile;
using Verification.Core.Registry;

namespace Verification.Core.Tests.Registry;

public sealed class ImportProgressTests
{
    private static readonly PermitNumber Number = PermitNumber.Parse("BJ2024000017");

    private static readonly Issued Issue = new(new DateOnly(2024, 5, 10), PermitKind.WorkResidencePermit);

    [Fact]
    public void After_Batches_AddsWhatBecameOfTheirLines()
    {
        var first = Batch(4, isLast: false, new ImportLine(2, Says(Issue)), new ImportLine(4, Says(new Reissued(Issue.On))));
        var last = Batch(9, isLast: true, new ImportLine(5, Says(Issue)), new ImportLine(9, Says(Issue), 2));

        var half = ImportProgress.None.After(first, Decide(first), lastRevision: 17);
        var done = half.After(last, Decide(last, Issue), lastRevision: 99);

        Assert.Equal(new ImportProgress(0, 0, 0, "", IsComplete: false), ImportProgress.None);
        Assert.Equal(new ImportProgress(4, 2, 17, "digest 4", IsComplete: false), half);
        Assert.Equal(new ImportProgress(9, 2, 17, "digest 9", IsComplete: true, AlreadyRecorded: 1), done);
    }

    private static ImportBatch Batch(long linesAfter, bool isLast, params ImportLine[] lines) =>
        new("file", 0, linesAfter, [.. lines], $"digest {linesAfter}", isLast, "a");

    private static BatchAdmission Decide(ImportBatch batch, params PermitEvent[] present)
    {
        var admission = new BatchAdmission(Cases.Rulebook, present.Select(Says));
        foreach (var line in batch.Lines)
        {
            admission.Add(line);
        }

        return admission;
    }

    private static PermitStatement Says(PermitEvent happening) => new(Number, happening);
}
