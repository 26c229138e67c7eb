using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Core.Permits.RegistryFile;
using Verification.Core.Registry;

namespace Verification.Conformance;

public abstract partial class RegistryConformance
{
    private const int BatchLines = 20;

    private static readonly PermitNumber[] Written = [.. Enumerable.Range(1, 8).Select(number => Number($"BJ202400000{number}"))];

    /// <summary>
    /// Every read, on two nodes, while appends and an import run: each is what the registry held at the revision that it names, and
    /// none falls inside a batch.
    /// </summary>
    [Fact]
    public async Task EveryRead_WhileAppendsAndAnImportRun_IsOneSnapshot()
    {
        foreach (var permit in Written)
        {
            await AppendAsync(permit, WorkPermitIssued(Date(2024, 3, 5)));
        }

        var other = await OpenTrackedAsync();
        var batches = new List<ImportBatchResult>();
        var writing = Task.WhenAll(AppendAllAsync(other), ImportAllAsync(batches));
        var heads = new List<long>();
        var loads = new List<(PermitNumber Permit, PermitLoad Load)>();
        var snapshots = new List<RegistrySnapshot>();
        var changes = new List<RegistryChanges>();
        var stamps = new List<RegistryStamps>();
        var imports = new List<(ImportProgress Progress, int Rejects)>();
        await Task.WhenAll(
            WhileAsync(writing, async turn => heads.Add((await Node(turn).ReadHeadAsync(Token)).Revision)),
            WhileAsync(writing, async turn => loads.Add((Written[turn % 8], await Node(turn).LoadAsync(Written[turn % 8], Token)))),
            WhileAsync(writing, async turn => snapshots.Add(await Node(turn).LoadAsync(Written, Token))),
            WhileAsync(writing, async turn => changes.Add(await Node(turn).ReadChangesAsync(4, 10_000, Token))),
            WhileAsync(writing, async turn => stamps.Add(await Node(turn).ReadBucketStampsAsync(Token))),
            WhileAsync(writing, async turn => imports.Add(
                (await Node(turn).ReadImportAsync("file", Token), (await Node(turn).ReadRejectsAsync("file", 0, 1_000, Token)).Length))));
        await writing;

        var all = await Registry.ReadChangesAsync(0, 10_000, Token);
        var last = (await Registry.LoadAsync(Written, Token)).Histories;
        Assert.Equal(Enumerable.Range(1, all.Changes.Length), all.Changes.Select(change => (int)change.Revision));
        Assert.All(loads, read => AssertCut(last[read.Permit], read.Load.History, read.Load.Head.Revision));
        Assert.All(snapshots, read => Assert.All(
            Written, permit => AssertCut(last[permit], read.Histories.GetValueOrDefault(permit), read.Head.Revision)));
        Assert.All(changes, read => Assert.Equal(all.Changes.Where(change => change.Revision > 4 && change.Revision <= read.Head.Revision), read.Changes));
        Assert.All(changes, read => Assert.Equal(Written[3], read.MarkAtSince?.Permit));
        Assert.All(stamps, read => AssertStamps(all, read));
        Assert.All(imports, read => AssertImport(batches, read.Progress, read.Rejects));
        var loaded = batches.Zip(
            batches.Select(batch => batch.Progress.EventsLoaded).Prepend(0),
            (batch, before) => (batch.Progress.Revision, Events: batch.Progress.EventsLoaded - before)).ToArray();
        Assert.True(loaded.Count(batch => batch.Events == BatchLines / 2) > 10, "few batches were loaded whole");
        Assert.All(
            heads.Concat(loads.Select(read => read.Load.Head.Revision)).Concat(changes.Select(read => read.Head.Revision)),
            revision => Assert.DoesNotContain(loaded, batch => revision < batch.Revision && revision > batch.Revision - batch.Events));

        IPermitRegistry Node(int turn) => turn % 2 == 0 ? Registry : other;
    }

    private static async Task WhileAsync(Task writing, Func<int, Task> read)
    {
        var turn = 0;
        do
        {
            await read(turn++);
        }
        while (!writing.IsCompleted);
    }

    private static void AssertCut(PermitHistory last, PermitHistory? read, long revision) =>
        Assert.Equal(last.AsKnownAt(revision)?.Events, read?.Events);

    private static void AssertStamps(RegistryChanges all, RegistryStamps read)
    {
        var expected = new long[RegistryStamps.BucketCount];
        foreach (var change in all.Changes.Where(change => change.Revision <= read.Head.Revision))
        {
            expected[change.Permit.Bucket] = change.Revision;
        }

        Assert.Equal(expected, read.Stamps);
    }

    /// <summary>The import stands at the end of a batch, and at least the rejects up to there are to be read.</summary>
    private static void AssertImport(List<ImportBatchResult> batches, ImportProgress progress, int rejects)
    {
        Assert.Contains(progress, batches.Select(batch => batch.Progress).Prepend(ImportProgress.None));
        Assert.True(rejects >= progress.LinesRead / 2);
        Assert.Equal(0, rejects % (BatchLines / 2));
    }

    private static async Task AppendAllAsync(IPermitRegistry node)
    {
        for (var i = 0; i < 40; i++)
        {
            await node.AppendAsync(new EventAppend($"append-{i}", Written[i % 8], new Reissued(Date(2024, 3, 6)), "bureau"), Token);
        }
    }

    /// <summary>Batches in which every other line is refused; the others say what the appends say, so some are already recorded.</summary>
    private async Task ImportAllAsync(List<ImportBatchResult> batches)
    {
        for (var before = 0; before < 20 * BatchLines; before += BatchLines)
        {
            ImportLine[] lines = [.. Enumerable.Range(before + 1, BatchLines).Select(line =>
                line % 2 == 0
                    ? new ImportLine(line, Malformed)
                    : new ImportLine(line, new PermitStatement(Written[line % 8], new Reissued(Date(2024, 3, 6))), occurrence: (line / 8) + 1))];
            batches.Add(await Registry.ImportAsync(Batch("file", before, isLast: false, lines), Token));
        }
    }
}
