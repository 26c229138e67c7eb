using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Core.Permits.RegistryFile;
using Verification.Core.Registry;

namespace Verification.Conformance;

public abstract partial class RegistryConformance
{
    private static readonly Annulled FourthIsWrong = new(Date(2026, 11, 20), 4, "duplicate");

    [Fact]
    public async Task Import_FileWithAnnulments_LoadsThemAsEventsInPlace()
    {
        ImportLine[] lines =
        [
            .. Register(),
            Line(7, "BJ2024000001", FourthIsWrong),
            Line(8, "BJ2024000001", FourthIsWrong, occurrence: 2),
            Line(9, "BJ2024000005", new Annulled(Date(2026, 11, 20), 1, "wrong number")),
            Line(10, "BJ2024000005", new Reissued(Date(2026, 11, 20))),
            Line(11, "BJ2024000005", new Issued(Date(2020, 5, 7), PermitKind.ResidencePermit)),
            Line(12, "BJ2024000009", new Annulled(Date(2026, 11, 20), 1, "wrong number")),
        ];
        for (var cut = 0; cut <= lines.Length; cut++)
        {
            var prefix = $"BJ{cut:0000}";
            ImportLine[] own = [.. lines.Select(line => OfPermits(prefix, line))];
            var start = (await Registry.ReadHeadAsync(Token)).Revision;
            await Registry.ImportAsync(Batch($"file-{cut}", 0, isLast: false, own[..cut]), Token);
            var result = await Registry.ImportAsync(Batch($"file-{cut}", cut, isLast: true, own[cut..]), Token);

            // The second line of its like is another one, and is judged: the target is annulled already.
            Assert.Equal(new ImportProgress(12, 9, start + 9, "digest-12", true), result.Progress with { CompletedAt = null });
            Assert.Equal(
                [(8L, RejectCode.NotAdmissible), (10L, RejectCode.NotIssued), (12L, RejectCode.NotIssued)],
                (await Registry.ReadRejectsAsync($"file-{cut}", 0, 10, Token)).Select(reject => (reject.Line, reject.Rejection.Code)));
            var history = (await Registry.LoadAsync(Number($"{prefix}000001"), Token)).History!;
            Assert.Equal([0, 0, 0, 5, 0], Enumerable.Range(1, 5).Select(history.AnnulledBy));
            Assert.Equal(5, await PlaceAtAsync(start + 7));
            Assert.Equal(2, await PlaceAtAsync(start + 8));
            var freed = (await Registry.LoadAsync(Number($"{prefix}000005"), Token)).History!;
            Assert.Equal(Date(2020, 5, 7), Assert.Single(freed.Effective).Event.On);
        }
    }

    /// <summary>
    /// However the file is cut: the second batch, behind one that held nothing new, is passed over where a store does that. What it
    /// counts of annulled events is stored with the line reached, and a run that resumes there goes on from it.
    /// </summary>
    [Fact]
    public async Task Import_FileAgainAfterAnnulments_BringsNothingBackAndCountsThem()
    {
        await Registry.ImportAsync(Batch("first", 0, isLast: true, Register()), Token);
        await AppendAsync("BJ2024000001", FourthIsWrong);
        await AppendAsync("BJ2024000002", new Annulled(Date(2026, 11, 20), 1, "wrong number"));
        var head = await Registry.ReadHeadAsync(Token);
        for (var cut = 0; cut <= 6; cut++)
        {
            var begun = await Registry.ImportAsync(Batch($"again-{cut}", 0, isLast: false, Register()[..cut]), Token);
            var annulled = (cut >= 2 ? 1 : 0) + (cut >= 5 ? 1 : 0);
            Assert.Equal(new ImportProgress(cut, 0, 0, $"digest-{cut}", false, cut, annulled), begun.Progress);
            var other = await OpenTrackedAsync();
            Assert.Equal(begun.Progress, await other.ReadImportAsync($"again-{cut}", Token));

            var again = await other.ImportAsync(Batch($"again-{cut}", cut, isLast: true, Register()[cut..]), Token);

            Assert.Equal(new ImportProgress(6, 0, 0, "digest-6", true, 6, AlreadyAnnulled: 2), again.Progress with { CompletedAt = null });
            Assert.Equal(again.Progress, await Registry.ReadImportAsync($"again-{cut}", Token));
            Assert.Empty(again.Rejects);
        }

        Assert.Equal(head.Revision, (await Registry.ReadHeadAsync(Token)).Revision);
        Assert.Empty((await Registry.LoadAsync(Number("BJ2024000002"), Token)).History!.Effective);
        Assert.Equal(3, (await Registry.LoadAsync(Number("BJ2024000001"), Token)).History!.Effective.Length);
    }

    /// <summary>What passes over some lines and loads others, in one batch and behind one that passed over all.</summary>
    [Fact]
    public async Task Import_NextDaysFileAfterAnnulments_LoadsWhatIsNewAndCountsWhatIsAnnulled()
    {
        await Registry.ImportAsync(Batch("first", 0, isLast: true, Register()), Token);
        await AppendAsync("BJ2024000001", FourthIsWrong);
        ImportLine[] next =
        [
            .. Register(),
            Line(7, "BJ2024000001", ReissuedInMay, occurrence: 3),
            Line(8, "BJ2024000001", FourthIsWrong),
            Line(9, "BJ2024000001", new Annulled(Date(2026, 11, 21), 5, "an annulment")),
        ];
        await Registry.ImportAsync(Batch("next", 0, isLast: false, next[..3]), Token);

        var result = await Registry.ImportAsync(Batch("next", 3, isLast: true, next[3..]), Token);

        // Line 8 is recorded and never annulled, as no annulment is; line 7, the third of its like, is new.
        Assert.Equal(
            new ImportProgress(9, 1, 8, "digest-9", true, AlreadyRecorded: 7, AlreadyAnnulled: 1), result.Progress with { CompletedAt = null });
        Assert.Equal((9L, RejectCode.NotAdmissible), result.Rejects.Select(reject => (reject.Line, reject.Rejection.Code)).Single());
        Assert.Equal(6, await PlaceAtAsync(8));
        var history = (await Registry.LoadAsync(Number("BJ2024000001"), Token)).History!;
        Assert.Equal([1L, 3L, 4L, 8L], history.Effective.Select(recorded => recorded.Revision));
    }

    /// <summary>The file says twice what the permit says once: one of its lines is told as annulled.</summary>
    [Fact]
    public async Task Import_EventAnnulledAndRecordedAnew_CountsBoth()
    {
        await AppendAsync("BJ2024000001", WorkPermitIssued(Date(2024, 3, 5)));
        await AppendAsync("BJ2024000001", ReissuedInMay);
        await AppendAsync("BJ2024000001", new Annulled(Date(2026, 11, 20), 2, "too early"));
        await AppendAsync("BJ2024000001", ReissuedInMay);

        var result = await Registry.ImportAsync(
            Batch("file", 0, isLast: true, [Line(1, "BJ2024000001", ReissuedInMay), Line(2, "BJ2024000001", ReissuedInMay, occurrence: 2)]), Token);

        Assert.Equal(
            (0L, 2L, 1L), (result.Progress.EventsLoaded, result.Progress.AlreadyRecorded, result.Progress.AlreadyAnnulled));
    }

    /// <summary>What the permit says again is not told as annulled: whoever recorded it once more would double it.</summary>
    [Fact]
    public async Task Import_EventAnnulledAndRecordedAnewThatTheFileSaysOnce_IsNotTold()
    {
        await AppendAsync("BJ2024000001", WorkPermitIssued(Date(2024, 3, 5)));
        await AppendAsync("BJ2024000001", ReissuedInMay);
        await AppendAsync("BJ2024000001", new Annulled(Date(2026, 11, 20), 2, "too early"));
        await AppendAsync("BJ2024000001", ReissuedInMay);

        var result = await Registry.ImportAsync(Batch("file", 0, isLast: true, [Line(1, "BJ2024000001", ReissuedInMay)]), Token);

        Assert.Equal(
            (0L, 1L, 0L), (result.Progress.EventsLoaded, result.Progress.AlreadyRecorded, result.Progress.AlreadyAnnulled));
    }

    /// <summary>Of two lines that say the same the second says more than the permit does, whichever of the events was annulled.</summary>
    [Fact]
    public async Task Import_AnnulledBetweenTwoBatches_IsCountedOnlyFromThenOn()
    {
        await Registry.ImportAsync(Batch("first", 0, isLast: true, Register()), Token);
        await Registry.ImportAsync(Batch("again", 0, isLast: false, Register()[..4]), Token);
        await AppendAsync("BJ2024000001", FourthIsWrong with { Target = 3 });
        await AppendAsync("BJ2024000005", new Annulled(Date(2026, 11, 20), 1, "wrong number"));

        var result = await Registry.ImportAsync(Batch("again", 4, isLast: true, Register()[4..]), Token);

        Assert.Equal((6L, 2L), (result.Progress.AlreadyRecorded, result.Progress.AlreadyAnnulled));
    }
}
