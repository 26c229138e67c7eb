using System.Globalization;
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
    private static readonly int Kills = int.Parse(
        Environment.GetEnvironmentVariable("VERIFICATION_AUDIT_SERVER_KILLS") ?? "3", CultureInfo.InvariantCulture);

    private readonly TempFolder _folder = new();
    private readonly AuditLoad _load = new();

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
        Assert.Empty(_load.Answered.Except(recorded));
        Assert.Equal(recorded.Length, recorded.Distinct().Count());
        output.WriteLine($"{_load.Answered.Count} answers, {recorded.Length} records, {Log.TornTails().Length} torn tails cut");
    }

    private AuditLogFiles Log => Assert.Single(AuditFolder.Logs(AuditLogs));

    /// <summary>Asks until so many were answered; then the process is gone.</summary>
    private async Task KillUnderLoadAsync(int wanted)
    {
        await using var server = await DemoServer.StartAsync(Data);
        var before = _load.Answered.Count;
        var load = _load.RunAsync(server, CancellationToken.None);
        while (_load.Answered.Count - before < wanted)
        {
            Assert.False(load.IsCompleted);
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        await server.KillAsync();
        await load;
    }

    private LogVerification Verify()
    {
        using var key = VerifyingKey.Read(Path.Combine(Data, "audit-key.pem"));
        return new AuditVerifier(new KeyRing([key])).Verify(Log);
    }

    private IEnumerable<string> Recorded() => Log.Segments().SelectMany(segment => segment.Blocks()).SelectMany(block => block.Records())
        .Select(found => found.Record.CheckId.ToString());
}
