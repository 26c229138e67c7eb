using CsCheck;
using Verification.Caching.Memory;
using Verification.Core.Permits;
using Verification.Core.Permits.Events;

namespace Verification.Caching.Tests.Memory;

public sealed class PackedTableTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Whatever is held, replaced and forgotten in whatever order: what is found is the latest that was held, or nothing.</summary>
    [Fact]
    public void Find_AfterAnyHoldsAndForgets_TellsTheLatestOrNothing() => Gen.Select(
        Gen.Int[2, 40], Gen.Select(Gen.Int[0, 60], Gen.Int[0, 30], Gen.Int[0, 9]).Array[0, 400]).Sample(
        (kilobytes, steps) =>
        {
            var table = new PackedTable(kilobytes << 10, new RulebookLists());
            var latest = new Dictionary<int, long>();
            foreach (var (permit, readAt, what) in steps)
            {
                if (what == 0)
                {
                    table.Forget(TestSite.Number(permit));
                    latest.Remove(permit);
                }
                else
                {
                    table.Hold(TestSite.Number(permit), Permit(permit, EditionsAt(permit, readAt), readAt));
                    latest[permit] = Math.Max(latest.GetValueOrDefault(permit), readAt);
                }

                Assert.InRange(table.Size, 1, Math.Max(kilobytes << 10, 3 << 10));
            }

            foreach (var (permit, readAt) in latest)
            {
                if (table.Find(TestSite.Number(permit)) is { } found)
                {
                    // Of what was pushed out an earlier reading may have come after a later one.
                    AssertTells(found, permit, EditionsAt(permit, found.ReadAt));
                    Assert.InRange(found.ReadAt, 0, readAt);
                }
            }

            Assert.All(Enumerable.Range(0, 61).Except(latest.Keys), permit => Assert.Null(table.Find(TestSite.Number(permit))));

            // The facts at a revision are always the same.
            static int EditionsAt(int permit, long revision) => 1 + ((int)revision / 3 * (permit % 20));
        },
        iter: 300);

    /// <summary>With room for all, nothing is lost, however the slots grow and shift.</summary>
    [Fact]
    public void Find_WithRoomForAll_FindsAll()
    {
        const int Permits = 20_000;
        var table = new PackedTable(64 << 20, new RulebookLists());
        for (var i = 0; i < Permits; i++)
        {
            table.Hold(TestSite.Number(i), Permit(i, 1 + (i % 3), 7));
        }

        for (var i = 0; i < Permits; i += 2)
        {
            table.Forget(TestSite.Number(i));
        }

        Assert.Equal(Permits / 2, table.Count);
        for (var i = 0; i < Permits; i++)
        {
            if (i % 2 == 0)
            {
                Assert.Null(table.Find(TestSite.Number(i)));
            }
            else
            {
                AssertTells(table.Find(TestSite.Number(i))!.Value, i, 1 + (i % 3));
            }
        }
    }

    /// <summary>A permit of thousands of events is held like any other.</summary>
    [Fact]
    public void Hold_LongTimeline_IsFound()
    {
        var table = new PackedTable(8 << 20, new RulebookLists());
        for (var i = 0; i < 50; i++)
        {
            table.Hold(TestSite.Number(i), Permit(i, i % 5 == 0 ? 3_000 : 2, 7));
        }

        Assert.All(Enumerable.Range(0, 50), i => AssertTells(table.Find(TestSite.Number(i))!.Value, i, i % 5 == 0 ? 3_000 : 2));
    }

    /// <summary>Who walks through all permits there are pushes out what nobody asks for, and not what is asked for.</summary>
    [Fact]
    public void Hold_WalkThroughManyMoreThanFit_KeepsWhatIsAskedFor()
    {
        const int Asked = 200;
        var table = new PackedTable(256 << 10, new RulebookLists());
        for (var i = 0; i < Asked; i++)
        {
            table.Hold(TestSite.Number(i), Permit(i, 1, 7));
        }

        var missed = 0;
        for (var i = Asked; i < 50_000; i++)
        {
            table.Hold(TestSite.Number(i), Permit(i, 1, 7));
            var asked = TestSite.Number(i % Asked);
            missed += table.Find(asked) is null ? 1 : 0;
        }

        Assert.True(missed < 50, $"{missed} of what is asked for was pushed out.");
        Assert.True(table.Size <= 256 << 10);
        Assert.InRange(table.Count, 1_000, 5_000);
    }

    /// <summary>A later reading of the same takes no room; what is replaced gives its room back.</summary>
    [Fact]
    public void Hold_SamePermitsOverAndOver_PushesNothingOut()
    {
        const int Permits = 1_000;
        var table = new PackedTable(320 << 10, new RulebookLists());
        for (var round = 0; round < 60; round++)
        {
            for (var i = 0; i < Permits; i++)
            {
                table.Hold(TestSite.Number(i), Permit(i, 1 + (round / 3), round));
            }

            Assert.Equal(Permits, table.Count);
        }

        Assert.All(Enumerable.Range(0, Permits), i =>
        {
            var found = table.Find(TestSite.Number(i))!.Value;
            AssertTells(found, i, 20);
            Assert.Equal(59, found.ReadAt);
        });
    }

    /// <summary>Readers beside writers that push out, replace and forget all the time: each finds what was held, whole, or nothing.</summary>
    [Fact]
    public async Task Find_BesideWriters_IsWholeAndOfItsNumber()
    {
        const int Permits = 2_000;
        var table = new PackedTable(96 << 10, new RulebookLists());
        using var ended = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        var found = 0;
        var writers = OnThreads(seeds: [0, 1], chance =>
        {
            for (long readAt = 1; !ended.IsCancellationRequested; readAt++)
            {
                var i = chance.Next(Permits);
                if (chance.Next(20) == 0)
                {
                    table.Forget(TestSite.Number(i));
                }
                else
                {
                    table.Hold(TestSite.Number(i), Permit(i, 1 + chance.Next(4), readAt));
                }
            }
        });
        var readers = OnThreads(seeds: [10, 11], chance =>
        {
            while (!ended.IsCancellationRequested)
            {
                var i = chance.Next(Permits);
                if (table.Find(TestSite.Number(i)) is { } permit)
                {
                    AssertTells(permit, i, null);
                    Interlocked.Increment(ref found);
                }
            }
        });

        await Task.WhenAll([.. writers, .. readers]).WaitAsync(TimeSpan.FromSeconds(60), Token);
        Assert.True(found > 1_000, $"Only {found} were found.");
    }

    /// <summary>Runs what never waits on threads of its own: on the pool's it would keep the tests beside this one waiting.</summary>
    private static IEnumerable<Task> OnThreads(int[] seeds, Action<Random> work) => seeds.Select(seed => Task.Factory.StartNew(
        () => work(new Random(seed)), Token, TaskCreationOptions.LongRunning, TaskScheduler.Default));

    private static CompiledPermit Permit(int index, int editions, long readAt)
    {
        var issued = new DateOnly(2000, 1, 1).AddDays(index % 5_000);
        var events = Enumerable.Range(1, editions).Select(edition => new RecordedEvent(
            edition,
            edition == 1
                ? new Issued(issued, PermitKind.WorkResidencePermit, Holder: IdentityDigest.FromBase64(Convert.ToBase64String([.. Enumerable.Repeat((byte)index, IdentityDigest.Size)])))
                : new Reissued(issued.AddDays(edition)),
            default,
            "bureau"));
        return new CompiledPermit(TestSite.Number(index), new PermitHistory(TestSite.Number(index), [.. events]), readAt, [TestSite.Rulebook]);
    }

    private static void AssertTells(CompiledPermit permit, int index, int? editions)
    {
        Assert.True(permit.TryTell(TestSite.Rulebook, out var timeline));
        var told = timeline!.Value;
        Assert.Equal(TestSite.Number(index), told.Number);
        Assert.Equal(new DateOnly(2000, 1, 1).AddDays(index % 5_000), told.IssuedOn);
        Assert.Equal((byte)index, (byte)(told.Holder!.Value & 0xFF));
        Assert.Equal(editions ?? (int)permit.LastRevision, told.RecordOn(DateOnly.MaxValue)!.Value.Edition);
    }
}
