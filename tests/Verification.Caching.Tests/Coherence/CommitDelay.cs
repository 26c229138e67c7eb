using System.Diagnostics;
using Verification.Core.Permits.Events;

namespace Verification.Caching.Tests.Coherence;

/// <summary>How long after a commit on one node was answered, another answers from it.</summary>
internal static class CommitDelay
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>
    /// Fails when the 99th percentile is above a limit, and also above three times that of its steps done by hand in turn with it. On
    /// a quiet machine those take a few milliseconds and the limit decides; on a busy one it would measure what else runs there.
    /// </summary>
    /// <param name="site">The registry.</param>
    /// <param name="writer">Where commits are made.</param>
    /// <param name="reader">Where they are waited for.</param>
    /// <param name="commits">How many.</param>
    /// <param name="wait">What a node waits by design.</param>
    /// <param name="limit">The most beyond that.</param>
    /// <param name="tell">How one node tells another something.</param>
    public static async Task AssertP99Async(
        TestSite site, RegistryNode writer, RegistryNode reader, int commits, TimeSpan wait, TimeSpan limit, Func<Task> tell)
    {
        var delays = new List<TimeSpan>();
        var byHand = new List<TimeSpan>();
        for (var i = 0; i < commits; i++)
        {
            delays.Add(await MeasureAsync(site, writer, reader));
            byHand.Add(await MeasureByHandAsync(site, tell));
        }

        var (p99, bare) = (P99(delays), P99(byHand));
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"p50 {delays[delays.Count / 2].TotalMilliseconds:0.0} ms, p99 {p99.TotalMilliseconds:0.0} ms; "
            + $"by hand p99 {bare.TotalMilliseconds:0.0} ms");
        Assert.True(p99 <= wait + limit || p99 <= wait + (3 * bare), $"p99 {p99.TotalMilliseconds} ms");
    }

    /// <summary>Commits once more on a permit that is issued.</summary>
    public static async Task<TimeSpan> MeasureAsync(TestSite site, RegistryNode writer, RegistryNode reader)
    {
        var revision = await site.AppendAsync(TestSite.Number(1), new Reissued(new DateOnly(2024, 3, 6)), writer.Announcing(site.Registry));
        var begun = Stopwatch.GetTimestamp();
        while ((await reader.Lookup.FindAsync(TestSite.Number(1), default, Token)).Revision < revision)
        {
            Assert.True(Stopwatch.GetElapsedTime(begun) < TimeSpan.FromSeconds(10), "The commit was never seen.");
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, Token);
        }

        return Stopwatch.GetElapsedTime(begun);
    }

    private static async Task<TimeSpan> MeasureByHandAsync(TestSite site, Func<Task> tell)
    {
        var begun = Stopwatch.GetTimestamp();
        await tell();
        await site.Registry.ReadChangesAsync(1, 1, Token);
        await site.Registry.LoadAsync(TestSite.Number(1), Token);
        await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, Token);
        return Stopwatch.GetElapsedTime(begun);
    }

    private static TimeSpan P99(List<TimeSpan> times)
    {
        times.Sort();
        return times[(int)Math.Ceiling(times.Count * 0.99) - 1];
    }
}
