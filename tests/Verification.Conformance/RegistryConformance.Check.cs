using CsCheck;
using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Core.Permits.RegistryFile;
using Verification.Core.Registry;
using Verification.Core.Rules.Dates;
using Verification.Core.Rules.Rulebooks;

namespace Verification.Conformance;

/// <summary>Files that are only judged: the report of an import, and nothing stored.</summary>
public abstract partial class RegistryConformance
{
    private const int Permits = 4;

    /// <summary>Keeps the events of a file that is judged.</summary>
    protected abstract IFileEvents KeepFileEvents();

    [Fact]
    public async Task Check_SampleFile_ReportsWhatAnImportDoes()
    {
        var (checkedProgress, checkedRejects) = await CheckAsync(SampleLines(), cut: 3);
        var (progress, rejects) = await ImportAsync(SampleLines(), cut: 3);

        Assert.Equal(4, progress.EventsLoaded);
        Assert.Equal(WithoutTraces(progress), WithoutTraces(checkedProgress));
        Assert.Equal(0, checkedProgress.Revision);
        Assert.Equal(rejects, checkedRejects);
    }

    /// <summary>Whatever was imported before, whatever the file says and however it is cut.</summary>
    [Fact]
    public async Task Check_AnyFileOnAnyRegistry_ReportsWhatAnImportDoesAndStoresNothing() =>
        await Gen.Select(Happenings, Happenings, Gen.Int[0, 40]).SampleAsync(
            async (before, file, cut) =>
            {
                var run = Guid.NewGuid().ToString("N")[..8].ToUpperInvariant();
                await ImportAsync(Lines(run, before), cut: 0);
                var lines = Lines(run, file);
                var head = await Registry.ReadHeadAsync(Token);

                var (checkedProgress, checkedRejects) = await CheckAsync(lines, Math.Min(cut, lines.Length));
                var after = await Registry.ReadHeadAsync(Token);
                var (progress, rejects) = await ImportAsync(lines, Math.Min(cut, lines.Length));

                Assert.Equal((head.RegistryId, head.Revision), (after.RegistryId, after.Revision));
                Assert.Equal(WithoutTraces(progress), WithoutTraces(checkedProgress));
                Assert.Equal(rejects, checkedRejects);
            },
            iter: 60,
            threads: 1);

    [Fact]
    public async Task Check_RecordedWhileItRuns_DoesNotCount()
    {
        using var events = KeepFileEvents();
        var check = await ImportCheck.BeginAsync(Registry, Today, events, Token);
        await AppendAsync("BJ2024000001", WorkPermitIssued(Date(2024, 3, 5)));

        var result = await check.JudgeAsync(Batch("file", 0, isLast: true, SampleLines()), Token);

        Assert.Equal((4, 0), (result.Progress.EventsLoaded, result.Progress.AlreadyRecorded));
    }

    [Fact]
    public async Task Check_AnotherRegistryInItsPlace_SaysSo()
    {
        using var events = KeepFileEvents();
        var check = await ImportCheck.BeginAsync(Registry, Today, events, Token);
        await Registry.MarkRestoredAsync(10, Token);

        await Assert.ThrowsAsync<RegistryUnavailableException>(
            () => check.JudgeAsync(Batch("file", 0, isLast: true, SampleLines()), Token));
    }

    /// <summary>Which of four permits, what happens to it and on which day of a month.</summary>
    private static Gen<(int Permit, int What, int Day)[]> Happenings =>
        Gen.Select(Gen.Int[0, Permits - 1], Gen.Int[0, 8], Gen.Int[1, 28]).Array[0, 40];

    private Rulebook Today => RulebookLibrary.Embedded.On(Calendar.DateInBeijing(Clock.GetUtcNow()));

    private static ImportProgress WithoutTraces(ImportProgress progress) =>
        progress with { Revision = 0, CompletedAt = null, PrefixDigest = string.Empty };

    private static ImportLine[] Lines(string run, (int Permit, int What, int Day)[] happenings)
    {
        var occurrences = new Dictionary<PermitStatement, int>();
        return [.. happenings.Select((it, index) =>
        {
            var on = Date(2024, 3, it.Day);
            PermitEvent happening = it.What switch
            {
                0 or 1 => WorkPermitIssued(on),
                2 => new Reissued(on),
                3 => new Retained(on, RetentionProcedure.Renewal),
                4 => new Returned(on),
                5 => new EmploymentEnded(on, on),
                6 => new Annulled(on, (it.Day % 5) + 1, "录错"),
                7 => new Endorsed(on),
                _ => new Cancelled(on, null),
            };
            var statement = new PermitStatement(Number($"{run}{it.Permit}"), happening);
            occurrences[statement] = occurrences.GetValueOrDefault(statement) + 1;
            return it is { What: 8, Day: > 26 } ? new ImportLine(index + 1, Malformed) : new ImportLine(index + 1, statement, occurrences[statement]);
        })];
    }

    private async Task<(ImportProgress Progress, List<RejectedLine> Rejects)> CheckAsync(ImportLine[] lines, int cut)
    {
        using var events = KeepFileEvents();
        var check = await ImportCheck.BeginAsync(Registry, Today, events, Token);
        var first = await check.JudgeAsync(Batch("file", 0, isLast: false, lines[..cut]), Token);
        var last = await check.JudgeAsync(Batch("file", cut, isLast: true, lines[cut..]), Token);
        return (last.Progress, [.. first.Rejects, .. last.Rejects]);
    }

    private async Task<(ImportProgress Progress, List<RejectedLine> Rejects)> ImportAsync(ImportLine[] lines, int cut)
    {
        var id = Guid.NewGuid().ToString("N");
        await Registry.ImportAsync(Batch(id, 0, isLast: false, lines[..cut]), Token);
        var last = await Registry.ImportAsync(Batch(id, cut, isLast: true, lines[cut..]), Token);
        return (last.Progress, [.. await Registry.ReadRejectsAsync(id, 0, 1_000, Token)]);
    }
}
