using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Core.Permits.RegistryFile;
using Verification.Core.Registry;

namespace Verification.Conformance;

public abstract partial class RegistryConformance
{
    private static readonly Reissued ReissuedInMay = new(Date(2024, 5, 6));

    [Fact]
    public async Task Import_FileAgainAsAnotherImport_LoadsNothingAndRaisesNoRevision()
    {
        await Registry.ImportAsync(Batch("first", 0, isLast: true, Register()), Token);
        var head = await Registry.ReadHeadAsync(Token);
        for (var run = 0; run < 3; run++)
        {
            // Batch by batch: what one batch leaves must not hold up the next.
            await Registry.ImportAsync(Batch($"again-{run}", 0, isLast: false, Register()[..2]), Token);
            await Registry.ImportAsync(Batch($"again-{run}", 2, isLast: false, Register()[2..4]), Token);
            var again = await Registry.ImportAsync(Batch($"again-{run}", 4, isLast: true, Register()[4..]), Token);

            Assert.Equal(
                new ImportProgress(6, 0, 0, "digest-6", true, AlreadyRecorded: 6), again.Progress with { CompletedAt = null });
            Assert.Empty(again.Rejects);
            Assert.Equal(again.Progress, await Registry.ReadImportAsync($"again-{run}", Token));
        }

        Assert.Equal(head.Revision, (await Registry.ReadHeadAsync(Token)).Revision);
        Assert.Empty((await Registry.ReadChangesAsync(head.Revision, 10, Token)).Changes);
    }

    [Fact]
    public async Task Import_NextDaysFile_LoadsWhatIsNewAloneInOrder()
    {
        await Registry.ImportAsync(Batch("first", 0, isLast: true, Register()), Token);
        ImportLine[] next =
        [
            .. Register(),
            Line(7, "BJ2024000002", new Reissued(Date(2024, 6, 1))),
            Line(8, "BJ2024000003", WorkPermitIssued(Date(2024, 6, 1))),
            Line(9, "BJ2024000002", new Reissued(Date(2024, 6, 2))),
        ];
        await Registry.ImportAsync(Batch("next", 0, isLast: false, next[..6]), Token);

        var result = await Registry.ImportAsync(Batch("next", 6, isLast: true, next[6..]), Token);

        Assert.Equal(new ImportProgress(9, 3, 9, "digest-9", true, AlreadyRecorded: 6), result.Progress with { CompletedAt = null });
        var history = (await Registry.LoadAsync(Number("BJ2024000002"), Token)).History!;
        Assert.Equal([2L, 7L, 9L], history.Events.Select(recorded => recorded.Revision));
    }

    /// <summary>The k-th of its like is recorded where the permit holds k such events, whoever recorded them.</summary>
    [Theory]
    [InlineData(0, 2, 0)]
    [InlineData(1, 1, 1)]
    [InlineData(2, 0, 2)]
    [InlineData(3, 0, 2)]
    public async Task Import_TwoLinesThatSayTheSame_LoadsThoseThatThePermitLacks(int recorded, long loaded, long alreadyRecorded)
    {
        await AppendAsync("BJ2024000001", WorkPermitIssued(Date(2024, 3, 5)));
        for (var i = 0; i < recorded; i++)
        {
            await AppendAsync("BJ2024000001", ReissuedInMay);
        }

        var result = await Registry.ImportAsync(
            Batch("file", 0, isLast: true, [Line(1, "BJ2024000001", ReissuedInMay), Line(2, "BJ2024000001", ReissuedInMay, occurrence: 2)]), Token);

        Assert.Equal((loaded, alreadyRecorded), (result.Progress.EventsLoaded, result.Progress.AlreadyRecorded));
        Assert.Equal(1 + recorded + (int)loaded, (await Registry.LoadAsync(Number("BJ2024000001"), Token)).History!.Events.Length);
    }

    [Fact]
    public async Task Import_BatchOfAllSorts_LoadsOnlyTheAdmissible()
    {
        await Registry.ImportAsync(Batch("first", 0, isLast: true, Register()), Token);

        var result = await Registry.ImportAsync(
            Batch(
                "second",
                0,
                isLast: true,
                [
                    Line(1, "BJ2024000001", new Reissued(Date(2024, 3, 6))),
                    Line(2, "BJ2024000001", WorkPermitIssued(Date(2024, 3, 5))),
                    Line(3, "BJ2024000004", WorkPermitIssued(Date(2024, 3, 5))),
                    new ImportLine(4, Malformed),
                    Line(5, "BJ2024000001", ReissuedInMay, occurrence: 3),
                    Line(6, "BJ2024000004", new Reissued(Date(2024, 3, 6))),
                    Line(7, "BJ2024000001", ReissuedInMay, occurrence: 2),
                ]),
            Token);

        Assert.Equal((3L, 2L), (result.Progress.EventsLoaded, result.Progress.AlreadyRecorded));
        Assert.Equal(
            [(1L, RejectCode.OutOfOrder), (4L, RejectCode.MalformedLine)],
            result.Rejects.Select(reject => (reject.Line, reject.Rejection.Code)));
        Assert.Equal([7L, 9L], (await Registry.LoadAsync(Number("BJ2024000004"), Token)).History!.Events.Select(recorded => recorded.Revision));
        Assert.Equal(8, (await Registry.LoadAsync(Number("BJ2024000001"), Token)).History!.Events[^1].Revision);
        Assert.Equal(9, (await Registry.ReadHeadAsync(Token)).Revision);
    }

    [Fact]
    public async Task Import_LineRejectedBefore_IsTriedAgain()
    {
        ImportLine[] lines = [Line(1, "BJ2024000002", ReissuedInMay)];
        await Registry.ImportAsync(Batch("first", 0, isLast: true, lines), Token);
        await AppendAsync("BJ2024000002", WorkPermitIssued(Date(2024, 3, 5)));

        var result = await Registry.ImportAsync(Batch("second", 0, isLast: true, lines), Token);

        Assert.Equal((1L, 0L), (result.Progress.EventsLoaded, result.Progress.AlreadyRecorded));
    }

    [Fact]
    public async Task Import_RepairInTheMiddle_IsOutOfOrderAndSaysWhatToDo()
    {
        await Registry.ImportAsync(Batch("first", 0, isLast: true, Register()), Token);

        var result = await Registry.ImportAsync(
            Batch("second", 0, isLast: true, [Line(1, "BJ2024000001", new Reissued(Date(2024, 4, 1)))]), Token);

        var reject = Assert.Single(result.Rejects);
        Assert.Equal(RejectCode.OutOfOrder, reject.Rejection.Code);
        Assert.Contains("annulled", reject.Rejection.Detail.English, StringComparison.Ordinal);
        Assert.Equal(reject, Assert.Single(await Registry.ReadRejectsAsync("second", 0, 10, Token)));
    }

    [Fact]
    public async Task Import_Completed_KeepsWhen()
    {
        var begun = await Registry.ImportAsync(Batch("file", 0, isLast: false, Register()[..3]), Token);
        Assert.Null(begun.Progress.CompletedAt);
        var before = (await Registry.ReadHeadAsync(Token)).AsOf;

        var result = await Registry.ImportAsync(Batch("file", 3, isLast: true, Register()[3..]), Token);

        Assert.InRange(
            result.Progress.CompletedAt!.Value, before.AddMilliseconds(-1), (await Registry.ReadHeadAsync(Token)).AsOf.AddMilliseconds(1));
        Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(result.Progress, await Registry.ReadImportAsync("file", Token));
    }

    [Fact]
    public async Task Import_TwoNodesWithTheSameFileRecordedAlready_OneOfThemConflicts()
    {
        await Registry.ImportAsync(Batch("first", 0, isLast: true, Register()), Token);
        await Registry.ImportAsync(Batch("file", 0, isLast: false, Register()[..3]), Token);
        var other = await OpenTrackedAsync();
        var outcomes = await Task.WhenAll(new[] { Registry, other }.Select(node => Task.Run(
            async () =>
            {
                try
                {
                    await node.ImportAsync(Batch("file", 3, isLast: true, Register()[3..]), Token);
                    return true;
                }
                catch (ImportConflictException)
                {
                    return false;
                }
            },
            Token)));

        Assert.Single(outcomes, passed => passed);
        Assert.Equal(6, (await Registry.ReadImportAsync("file", Token)).AlreadyRecorded);
    }

    /// <summary>Two files of the same register at once, line by line in turn: the registry holds what either of them alone makes.</summary>
    [Fact]
    public async Task Import_TwoFilesThatSayTheSameInTurn_LoadEveryEventOnce()
    {
        var other = await OpenTrackedAsync();
        var lines = Register();
        for (var i = 0; i < lines.Length; i++)
        {
            await Registry.ImportAsync(Batch("one", i, isLast: i == lines.Length - 1, [lines[i]]), Token);
            await other.ImportAsync(Batch("two", i, isLast: i == lines.Length - 1, [lines[i]]), Token);
        }

        Assert.Equal(6, (await Registry.ReadHeadAsync(Token)).Revision);
        Assert.Equal(6, (await Registry.ReadImportAsync("two", Token)).AlreadyRecorded);
        Assert.Equal(4, (await Registry.LoadAsync(Number("BJ2024000001"), Token)).History!.Events.Length);
    }

    /// <summary>Six lines, all admissible, two of which say the same.</summary>
    private static ImportLine[] Register() =>
    [
        Line(1, "BJ2024000001", WorkPermitIssued(Date(2024, 3, 5))),
        Line(2, "BJ2024000002", new Issued(Date(2024, 3, 6), PermitKind.WorkResidencePermit, Employer: "中关村软件有限公司")),
        Line(3, "BJ2024000001", new Inspected(Date(2024, 4, 2), InspectionChannel.Online)),
        Line(4, "BJ2024000001", ReissuedInMay),
        Line(5, "BJ2024000001", ReissuedInMay, occurrence: 2),
        Line(6, "BJ2024000005", WorkPermitIssued(Date(2024, 5, 7))),
    ];
}
