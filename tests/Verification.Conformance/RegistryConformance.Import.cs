using System.Collections.Immutable;
using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Core.Permits.RegistryFile;
using Verification.Core.Registry;

namespace Verification.Conformance;

public abstract partial class RegistryConformance
{
    private static readonly Rejection Malformed = new(RejectCode.MalformedLine, new("The line is damaged.", "该行已损坏。"));

    [Fact]
    public async Task Import_NeverBegun_HasNoProgress()
    {
        Assert.Equal(ImportProgress.None, await Registry.ReadImportAsync("file", Token));
        Assert.Empty(await Registry.ReadRejectsAsync("file", 0, 10, Token));
    }

    [Fact]
    public async Task Import_OneBatch_LoadsWhatIsAdmissibleAndReportsTheRest()
    {
        var result = await Registry.ImportAsync(Batch("file", 0, isLast: true, SampleLines()), Token);

        Assert.Equal(new ImportProgress(7, 4, 4, "digest-7", true), result.Progress with { CompletedAt = null });
        Assert.Equal(
            [(2L, RejectCode.NotIssued), (4L, RejectCode.MalformedLine), (7L, RejectCode.AlreadyCancelled)],
            result.Rejects.Select(reject => (reject.Line, reject.Rejection.Code)));
        Assert.Equal(result.Progress, await Registry.ReadImportAsync("file", Token));
        var history = (await Registry.LoadAsync(Number("BJ2024000001"), Token)).History!;
        Assert.Equal([1L, 3L, 4L], history.Events.Select(recorded => recorded.Revision));
        Assert.All(history.Events, recorded => Assert.Equal("importer", recorded.RecordedBy));
    }

    [Fact]
    public async Task Import_InAnyBatches_GivesTheSameRegistryAndReport()
    {
        var lines = SampleLines();
        for (var cut = 0; cut <= lines.Length; cut++)
        {
            var registry = Registry;
            var prefix = $"BJ{cut:0000}";
            ImportLine[] own = [.. lines.Select(line => OfPermits(prefix, line))];
            var start = (await registry.ReadHeadAsync(Token)).Revision;
            await registry.ImportAsync(Batch($"file-{cut}", 0, isLast: false, own[..cut]), Token);
            var result = await registry.ImportAsync(Batch($"file-{cut}", cut, isLast: true, own[cut..]), Token);

            Assert.Equal(new ImportProgress(7, 4, start + 4, "digest-7", true), result.Progress with { CompletedAt = null });
            var rejects = await registry.ReadRejectsAsync($"file-{cut}", 0, 10, Token);
            Assert.Equal(
                [(2L, RejectCode.NotIssued), (4L, RejectCode.MalformedLine), (7L, RejectCode.AlreadyCancelled)],
                rejects.Select(reject => (reject.Line, reject.Rejection.Code)));
        }
    }

    [Fact]
    public async Task ReadRejects_AfterALine_AnswersPages()
    {
        await Registry.ImportAsync(Batch("file", 0, isLast: true, SampleLines()), Token);

        var first = await Registry.ReadRejectsAsync("file", 0, 2, Token);
        var second = await Registry.ReadRejectsAsync("file", first[^1].Line, 2, Token);

        Assert.Equal([2L, 4L], first.Select(reject => reject.Line));
        Assert.Equal(new RejectedLine(4, Malformed), first[1]);
        Assert.Equal([7L], second.Select(reject => reject.Line));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(4)]
    public async Task Import_BatchThatDoesNotFollow_IsAConflictAndChangesNothing(int linesBefore)
    {
        var lines = SampleLines();
        await Registry.ImportAsync(Batch("file", 0, isLast: false, lines[..3]), Token);
        var head = await Registry.ReadHeadAsync(Token);

        await Assert.ThrowsAsync<ImportConflictException>(
            () => Registry.ImportAsync(Batch("file", linesBefore, isLast: false, lines[linesBefore..]), Token));

        Assert.Equal(head.Revision, (await Registry.ReadHeadAsync(Token)).Revision);
        Assert.Equal(3, (await Registry.ReadImportAsync("file", Token)).LinesRead);
    }

    [Fact]
    public async Task Import_AfterTheLastBatch_IsAConflict()
    {
        await Registry.ImportAsync(Batch("file", 0, isLast: true, SampleLines()), Token);

        await Assert.ThrowsAsync<ImportConflictException>(
            () => Registry.ImportAsync(Batch("file", 7, isLast: true, []), Token));
    }

    [Fact]
    public async Task Import_TwoNodesWithTheSameFile_OneOfThemConflicts()
    {
        var lines = SampleLines();
        var other = await OpenTrackedAsync();
        var outcomes = await Task.WhenAll(new[] { Registry, other }.Select(node => Task.Run(
            async () =>
            {
                try
                {
                    await node.ImportAsync(Batch("file", 0, isLast: true, lines), Token);
                    return true;
                }
                catch (ImportConflictException)
                {
                    return false;
                }
            },
            Token)));

        Assert.Single(outcomes, loaded => loaded);
        Assert.Equal(4, (await Registry.ReadHeadAsync(Token)).Revision);
    }

    [Fact]
    public async Task Import_OfAPermitThatExists_ContinuesItsHistory()
    {
        await AppendAsync("BJ2024000001", WorkPermitIssued(Date(2024, 3, 5)));

        var result = await Registry.ImportAsync(
            Batch("file", 0, isLast: true, [Line(1, "BJ2024000001", new Reissued(Date(2024, 3, 4))), Line(2, "BJ2024000001", new Reissued(Date(2024, 3, 6)))]),
            Token);

        Assert.Equal((1L, RejectCode.OutOfOrder), result.Rejects.Select(reject => (reject.Line, reject.Rejection.Code)).Single());
        Assert.Equal(2, (await Registry.LoadAsync(Number("BJ2024000001"), Token)).History!.Events.Length);
    }

    [Fact]
    public async Task Import_SimilarImportIds_AreDifferentFiles()
    {
        await Registry.ImportAsync(Batch("file-a", 0, isLast: true, []), Token);

        Assert.Equal(ImportProgress.None, await Registry.ReadImportAsync("file-A", Token));
    }

    protected static ImportLine Line(long line, string permit, PermitEvent happening, int occurrence = 1) =>
        new(line, new PermitStatement(Number(permit), happening), occurrence);

    protected static ImportBatch Batch(string importId, long linesBefore, bool isLast, IReadOnlyList<ImportLine> lines) => new(
        importId,
        linesBefore,
        linesBefore + lines.Count,
        lines.ToImmutableArray(),
        $"digest-{linesBefore + lines.Count}",
        isLast,
        "importer");

    private static ImportLine OfPermits(string prefix, ImportLine line) => line.Statement is { } statement
        ? Line(line.Line, statement.Permit.ToString().Replace("BJ2024", prefix), statement.Event, line.Occurrence)
        : line;

    private static ImportLine[] SampleLines() =>
    [
        Line(1, "BJ2024000001", WorkPermitIssued(Date(2024, 3, 5))),
        Line(2, "BJ2024000002", new Reissued(Date(2024, 3, 5))),
        Line(3, "BJ2024000002", WorkPermitIssued(Date(2024, 3, 5))),
        new ImportLine(4, Malformed),
        Line(5, "BJ2024000001", new Reissued(Date(2024, 3, 6))),
        Line(6, "BJ2024000001", new Cancelled(Date(2024, 3, 7), null)),
        Line(7, "BJ2024000001", new Reissued(Date(2024, 3, 8))),
    ];
}
