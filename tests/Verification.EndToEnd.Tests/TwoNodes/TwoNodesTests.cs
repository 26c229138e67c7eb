using System.Globalization;
using Verification.Audit.Keys;
using Verification.Audit.Reading;
using Verification.Audit.Storing;
using Verification.Audit.Verifying;

namespace Verification.EndToEnd.Tests.TwoNodes;

/// <summary>
/// Two nodes as <c>compose.yaml</c> starts them, behind haproxy, under mixed load, while what may happen to a deployment happens: no caller sees
/// an error that one retry does not cure, every answer is right and has its record. The full form goes on with faults at random for so long:
/// <c>VERIFICATION_SOAK_MINUTES=60</c>; it also holds that the node which lives through all of it does not grow.
/// </summary>
public sealed class TwoNodesTests(ITestOutputHelper output) : IDisposable
{
    // The one that lives through the run, and the one that ends again and again.
    private const int Lasting = 0;
    private const int Other = 1;

    // How many answers are waited for before and after each fault: more than all callers have under way.
    private const int Between = 500;

    private static readonly TimeSpan Duration = TimeSpan.FromMinutes(double.Parse(
        Environment.GetEnvironmentVariable("VERIFICATION_SOAK_MINUTES") ?? "0", CultureInfo.InvariantCulture));

    private static readonly (string Name, Func<Deployment, MixedLoad, Task> MakeAsync)[] Faults =
    [
        ("a node is killed and replaced", KillAsync),
        ("Redis is restarted", (deployment, _) => deployment.RestartRedisAsync()),
        ("the certificates are rotated", (deployment, _) => deployment.RotateCertificatesAsync()),
        ("a node is drained and replaced", DrainAsync),
    ];

    private readonly TempFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    [Fact]
    public async Task Configuration_OfTheBalancer_IsValid()
    {
        Balancer.SkipUnlessInstalled();
        var broken = _folder.PathOf("broken.cfg");
        await File.WriteAllTextAsync(
            broken,
            (await File.ReadAllTextAsync(Balancer.ConfigurationFile, Cancellation)).Replace("balance leastconn", "balance by luck", StringComparison.Ordinal),
            Cancellation);

        var (exitCode, says) = await Balancer.CheckAsync(Balancer.ConfigurationFile);

        Assert.True(exitCode == 0, says);
        Assert.NotEqual(0, (await Balancer.CheckAsync(broken)).ExitCode);
    }

    [Fact]
    public async Task Callers_WhateverHappensToTheNodes_AreAnsweredRightAfterOneRetryAtMost()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}, {Duration}");
        var begun = TimeProvider.System.GetTimestamp();
        await using var deployment = await Deployment.StartAsync(_folder.PathOf(string.Empty));
        output.WriteLine($"started after {TimeProvider.System.GetElapsedTime(begun)}");
        await ImportAsync(deployment);
        output.WriteLine($"imported after {TimeProvider.System.GetElapsedTime(begun)}");
        await using var holdings = new Holdings(() => deployment.HeldBy(Lasting));
        holdings.Begin();
        await using var load = new MixedLoad(deployment, seed);
        await MakeFaultsAsync(deployment, load, new Random(seed));
        await load.StopAsync();
        await holdings.StopAsync();
        await deployment.DrainNodeAsync(Other);
        await deployment.DrainNodeAsync(Lasting);

        var records = await AssertRecordedAsync(deployment, load.Seen.Answered);
        output.WriteLine($"{load.Seen.Answered.Count} answers, each with its record; {records} records");
        output.WriteLine($"cured by one retry: {load.Seen.Cured}; the longest call took {load.Seen.Longest.TotalSeconds:F1} s");
        output.WriteLine(holdings.AssertFlat());
        load.Seen.AssertNothingWrong();
    }

    private static async Task KillAsync(Deployment deployment, MixedLoad load)
    {
        await deployment.KillNodeAsync(Other);
        await AnsweredAsync(load);
        await deployment.StartNodeAsync(Other);
    }

    private static async Task DrainAsync(Deployment deployment, MixedLoad load)
    {
        await deployment.DrainNodeAsync(Other);
        await AnsweredAsync(load);
        await deployment.StartNodeAsync(Other);
    }

    /// <summary>Waits until callers have had so many answers more; a run with something wrong ends here.</summary>
    private static async Task AnsweredAsync(MixedLoad load)
    {
        var (before, begun) = (load.Seen.Answered.Count, TimeProvider.System.GetTimestamp());
        while (load.Seen.Answered.Count - before < Between)
        {
            load.Seen.AssertNothingWrong();
            Assert.True(TimeProvider.System.GetElapsedTime(begun) < TimeSpan.FromMinutes(1), "Nothing is answered.");
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Cancellation);
        }
    }

    private static async Task ImportAsync(Deployment deployment)
    {
        using var authority = deployment.DirectClient("authority");
        using var file = new MemoryStream(KnownPermits.File);
        await foreach (var step in authority.ImportAsync("known-permits", file, Cancellation))
        {
            Assert.Empty(step.Rejects);
        }
    }

    /// <summary>Each fault once, and in the full form at random until the time is over.</summary>
    private async Task MakeFaultsAsync(Deployment deployment, MixedLoad load, Random random)
    {
        var begun = TimeProvider.System.GetTimestamp();
        await AnsweredAsync(load);
        for (var made = 0; made < Faults.Length || TimeProvider.System.GetElapsedTime(begun) < Duration; made++)
        {
            var (name, makeAsync) = Faults[made < Faults.Length ? made : random.Next(Faults.Length)];
            await makeAsync(deployment, load);
            await AnsweredAsync(load);
            if (made >= Faults.Length)
            {
                await Task.Delay(TimeSpan.FromSeconds(random.Next(1, 20)), TimeProvider.System, Cancellation);
            }

            output.WriteLine($"{TimeProvider.System.GetElapsedTime(begun):mm\\:ss} {name}: {load.Seen.Answered.Count} answers so far, cured by one retry: {load.Seen.Cured}");
        }
    }

    /// <summary>Every answer has its record in its node's log, which is whole, and in the common database.</summary>
    /// <returns>How many records there are.</returns>
    private static async Task<long> AssertRecordedAsync(Deployment deployment, IReadOnlyCollection<Audit.Records.CheckId> answered)
    {
        using var key = VerifyingKey.Read(deployment.AuditKeyFile);
        var unrecorded = answered.ToHashSet();
        Assert.Equal(answered.Count, unrecorded.Count);
        var records = 0L;
        foreach (var node in new[] { Lasting, Other })
        {
            var log = Assert.Single(AuditFolder.Logs(deployment.AuditFolder(node)));
            var verified = new AuditVerifier(new KeyRing([key])).Verify(log);
            Assert.True(verified.IsIntact && verified.IsClosed, string.Join("; ", verified.Findings));
            records += verified.Records;
            unrecorded.ExceptWith(log.Segments().SelectMany(segment => segment.Blocks()).SelectMany(block => block.Records()).Select(found => found.Record.CheckId));
        }

        Assert.Empty(unrecorded);
        await using var database = AuditDatabase.OnSqlite(deployment.AuditDatabase);
        var copies = await database.VerifyAsync(new KeyRing([key]), Cancellation);
        Assert.Empty(copies.SelectMany(copy => copy.Findings));
        Assert.Equal(records, copies.Sum(copy => copy.Records));
        return records;
    }
}
