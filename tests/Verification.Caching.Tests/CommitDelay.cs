using System.Diagnostics;
using Verification.Core.Permits.Events;

namespace Verification.Caching.Tests;

/// <summary>How long after a commit on one node was answered, another answers from it.</summary>
internal static class CommitDelay
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Fails when the 99th percentile is above a limit.</summary>
    public static async Task AssertP99Async(TestSite site, RegistryNode writer, RegistryNode reader, int commits, TimeSpan limit)
    {
        var delays = new List<TimeSpan>();
        for (var i = 0; i < commits; i++)
        {
            delays.Add(await MeasureAsync(site, writer, reader));
        }

        delays.Sort();
        var p99 = delays[(delays.Count * 99 / 100) - 1];
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"p50 {delays[delays.Count / 2].TotalMilliseconds:0.0} ms, p99 {p99.TotalMilliseconds:0.0} ms");
        Assert.True(p99 <= limit, $"p99 {p99.TotalMilliseconds} ms");
    }

    /// <summary>Commits once more on a permit that is issued.</summary>
    public static async Task<TimeSpan> MeasureAsync(TestSite site, RegistryNode writer, RegistryNode reader)
    {
        var revision = await site.AppendAsync(TestSite.Number(1), new Reissued(new DateOnly(2024, 3, 6)), writer.Registry);
        var begun = Stopwatch.GetTimestamp();
        while ((await reader.Lookup.FindAsync(TestSite.Number(1), default, Token)).Revision < revision)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, Token);
        }

        return Stopwatch.GetElapsedTime(begun);
    }
}
