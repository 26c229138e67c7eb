using System.Globalization;
using System.Reflection;
using Verification.Audit.Copying;
using Verification.Audit.Files;
using Verification.Audit.Storing;
using Verification.Audit.Tests.Storing;
using Verification.Audit.Tests.Support;
using Verification.Audit.Writing;

namespace Verification.Audit.Tests.Copying;

/// <summary>
/// A process that appends and copies is killed at a random moment, again and again. The full form: <c>VERIFICATION_AUDIT_KILLS=50</c>.
/// </summary>
public sealed class CopierKillTests(ITestOutputHelper output) : IDisposable
{
    private static readonly int Kills = int.Parse(
        Environment.GetEnvironmentVariable("VERIFICATION_AUDIT_KILLS") ?? "3", CultureInfo.InvariantCulture);

    private readonly LogFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Copy_ProcessIsKilled_DoublesAndLeavesOutNothing()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}, {Kills} kills");
        var random = new Random(seed);
        var root = Path.GetDirectoryName(_folder.Path)!;
        var (key, file) = (Path.Combine(root, "key.pem"), Path.Combine(root, "audit.db"));
        _folder.Key.Write(key);
        for (var kill = 0; kill < Kills; kill++)
        {
            await KillAsync(random.Next(1_000, 30_000), _folder.Path, key, "2", "100", file);
        }

        await using var database = AuditDatabase.OnSqlite(file);
        var log = AuditLog.Open(_folder.Options, _folder.Key, [], new AuditFiles(), TimeProvider.System);
        var copier = new AuditCopier(new AuditCopierOptions { Folder = _folder.Path, StopWait = TimeSpan.FromMinutes(5) }, database, log, TimeProvider.System);
        await log.DisposeAsync();
        await copier.DisposeAsync();

        Assert.Equal(new CopyStatus(0, null, null), copier.Status);
        var found = await database.FindAllAsync(new AuditQuery { From = DateTimeOffset.UnixEpoch });
        Assert.Equal(_folder.Records(1).Select(stored => (stored.Place, stored.Record.CheckId)), found.Select(stored => (stored.Place, stored.Record.CheckId)));
        var verified = Assert.Single(await database.VerifyAsync(_folder.Keys, TestContext.Current.CancellationToken));
        Assert.True(verified.IsIntact && verified.IsClosed, string.Join('\n', verified.Findings));
        output.WriteLine($"{found.Count} records");
    }

    private static async Task KillAsync(int after, params string[] arguments)
    {
        var program = typeof(CopierKillTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(entry => entry.Key == "appender").Value!;
        using var process = Programs.Start("dotnet", [program, .. arguments]);
        try
        {
            for (var answers = 0; answers < after; answers++)
            {
                Assert.True(
                    await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is not null,
                    process.HasExited ? await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken) : "It ended.");
            }
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
    }
}
