using System.Collections.Concurrent;
using System.Globalization;
using Grpc.Core;
using Permits.Verification.V1;
using Verification.Audit.Keys;
using Verification.Audit.Reading;
using Verification.Audit.Verifying;

namespace Verification.EndToEnd.Tests;

/// <summary>
/// The service is killed at random moments under load, again and again on one folder: whatever a caller was answered has its record. The full
/// form: <c>VERIFICATION_AUDIT_SERVER_KILLS=50</c>.
/// </summary>
public sealed class AuditKillTests(ITestOutputHelper output) : IDisposable
{
    private const int Callers = 6;

    private static readonly int Kills = int.Parse(
        Environment.GetEnvironmentVariable("VERIFICATION_AUDIT_SERVER_KILLS") ?? "3", CultureInfo.InvariantCulture);

    private readonly TempFolder _folder = new();
    private readonly ConcurrentBag<string> _answered = [];

    private string Data => _folder.PathOf("data");

    private string AuditLogs => Path.Combine(Data, "audit");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Answers_ServiceIsKilledUnderLoad_AllHaveTheirRecords()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}, {Kills} kills");
        var random = new Random(seed);
        for (var kill = 0; kill < Kills; kill++)
        {
            await KillUnderLoadAsync(random.Next(1, 4_000));
            Assert.Empty(Verify().Findings.Where(finding => finding.IsTampering));
        }

        // Once more, for its start to mend what the last kill left, and its end to close the log.
        await using (var server = await DemoServer.StartAsync(Data))
        {
            await server.StopAsync();
        }

        var verified = Verify();
        Assert.True(verified.IsIntact, string.Join("; ", verified.Findings));
        Assert.True(verified.IsClosed);
        var recorded = Recorded().ToArray();
        Assert.Empty(_answered.Except(recorded));
        Assert.Equal(recorded.Length, recorded.Distinct().Count());
        output.WriteLine($"{_answered.Count} answers, {recorded.Length} records, {Log.TornTails().Length} torn tails cut");
    }

    private AuditLogFiles Log => Assert.Single(AuditFolder.Logs(AuditLogs));

    /// <summary>Asks from many sides, single checks and batches, until so many were answered; then the process is gone.</summary>
    private async Task KillUnderLoadAsync(int wanted)
    {
        await using var server = await DemoServer.StartAsync(Data);
        var number = server.ValidPermit;
        var before = _answered.Count;
        var callers = Enumerable.Range(0, Callers).Select(caller => Task.Run(() => AskAsync(server, number, isBatch: caller == 0))).ToArray();
        while (_answered.Count - before < wanted)
        {
            Assert.DoesNotContain(callers, caller => caller.IsCompleted);
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        await server.KillAsync();
        await Task.WhenAll(callers);
    }

    private async Task AskAsync(DemoServer server, string number, bool isBatch)
    {
        var batch = new BatchVerifyPermitsRequest { Checks = { Enumerable.Range(0, 20).Select(_ => new VerifyPermitRequest { PermitNumber = number }) } };
        try
        {
            while (true)
            {
                if (isBatch)
                {
                    var items = (await server.Client.Verification.BatchVerifyPermitsAsync(batch)).Items;
                    items.ToList().ForEach(item => _answered.Add(item.Response.Provenance.CheckId));
                }
                else
                {
                    _answered.Add((await server.Client.Verification.VerifyPermitAsync(batch.Checks[0])).Provenance.CheckId);
                }
            }
        }
        catch (RpcException)
        {
            // The service is gone.
        }
    }

    private LogVerification Verify()
    {
        using var key = VerifyingKey.Read(Path.Combine(Data, "audit-key.pem"));
        return new AuditVerifier(new KeyRing([key])).Verify(Log);
    }

    private IEnumerable<string> Recorded() => Log.Segments().SelectMany(segment => segment.Blocks()).SelectMany(block => block.Records())
        .Select(found => found.Record.CheckId.ToString());
}
