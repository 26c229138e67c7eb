using System.Globalization;
using Microsoft.Data.Sqlite;
using Verification.Audit.Keys;
using Verification.Audit.Reading;
using Verification.Audit.Storing;
using Verification.TestSupport;

namespace Verification.EndToEnd.Tests;

/// <summary>
/// The audit database does not answer for a while, under load. The full form: <c>VERIFICATION_AUDIT_GONE_SECONDS=60</c>.
/// </summary>
public sealed class AuditDatabaseGoneTests(ITestOutputHelper output) : IDisposable
{
    private static readonly TimeSpan Gone = TimeSpan.FromSeconds(int.Parse(
        Environment.GetEnvironmentVariable("VERIFICATION_AUDIT_GONE_SECONDS") ?? "12", CultureInfo.InvariantCulture));

    private readonly TempFolder _folder = new();
    private readonly AuditLoad _load = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Data => _folder.PathOf("data");

    private string Database => Path.Combine(Data, "audit.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Answers_AuditDatabaseGoneUnderLoad_GoOnAndAreCopiedLater()
    {
        await using (var server = await DemoServer.StartAsync(Data))
        {
            using var end = new CancellationTokenSource();
            var load = _load.RunAsync(server, end.Token);
            await Eventually.TrueAsync(() => File.Exists(Database) && _load.Answered.Count > 100, "Nothing is answered.");
            await using (await LockAsync())
            {
                var before = _load.Answered.Count;
                await Task.Delay(Gone, TimeProvider.System, Cancellation);
                output.WriteLine($"{_load.Answered.Count - before} answers in {Gone} without the database; {await server.ReadyAsync()}");
                Assert.True(_load.Answered.Count > before);
                Assert.Contains("AUDIT_BEHIND", await server.ReadyAsync(), StringComparison.Ordinal);
            }

            await end.CancelAsync();
            Assert.DoesNotContain(true, await load);
            await Eventually.TrueAsync(
                async () => !(await server.ReadyAsync()).Contains("AUDIT_BEHIND", StringComparison.Ordinal), "The copy stays behind.");
            await server.StopAsync();
        }

        using var key = VerifyingKey.Read(Path.Combine(Data, "audit-key.pem"));
        await using var database = AuditDatabase.OnSqlite(Database);
        var copy = Assert.Single(await database.VerifyAsync(new KeyRing([key]), Cancellation));
        Assert.Empty(copy.Findings);
        Assert.True(copy.IsClosed);
        Assert.Empty(await database.CompareAsync(Path.Combine(Data, "audit"), Cancellation));
        var recorded = Assert.Single(AuditFolder.Logs(Path.Combine(Data, "audit"))).Segments()
            .SelectMany(segment => segment.Blocks()).SelectMany(block => block.Records()).Select(found => found.Record.CheckId.ToString()).ToHashSet();
        Assert.Empty(_load.Answered.Except(recorded));
        Assert.Equal(recorded.Count, copy.Records);
    }

    /// <summary>Nobody else can read or write it until this is disposed of.</summary>
    private async Task<SqliteConnection> LockAsync()
    {
        var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        await connection.OpenAsync(Cancellation);
        await using var command = connection.CreateCommand();
        command.CommandText = "BEGIN EXCLUSIVE";
        await command.ExecuteNonQueryAsync(Cancellation);
        return connection;
    }
}
