using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Data.Sqlite;
using Verification.TestSupport;

namespace Verification.EndToEnd.Tests.Operating;

/// <summary>What goes wrong in a node's life, made in a running one: what it shows before and during each.</summary>
internal static class Faults
{
    private const string Number = "BJ2024000017";
    private const string MacKey = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private const string OtherMacKey = "AQECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    /// <summary>By the first alert that it raises.</summary>
    public static IReadOnlyDictionary<string, (string[] Raises, Func<string, Task<(Scrape Before, Scrape During)>> Make)> All { get; } =
        new Dictionary<string, (string[], Func<string, Task<(Scrape, Scrape)>>)>
        {
            ["VerificationNodeDown"] = (["VerificationNodeDown"], KilledAsync),
            ["VerificationRegistryStale"] = (
                ["VerificationRegistryStale", "VerificationNodeNotReady", "VerificationRegistryFailing", "VerificationRefusing"], RegistryGoneAsync),
            ["VerificationRegistryDamaged"] = (["VerificationRegistryDamaged"], RegistryDamagedAsync),
            ["VerificationClockSkewed"] = (["VerificationClockSkewed", "VerificationNodeNotReady"], ClockRanAheadAsync),
            ["VerificationRedisAway"] = (["VerificationRedisAway"], RedisStoppedAsync),
            ["VerificationSlow"] = (["VerificationSlow"], RedisFrozenAsync),
            ["VerificationRedisForeignValues"] = (["VerificationRedisForeignValues"], MacKeyChangedAsync),
            ["VerificationAuditUnavailable"] = (["VerificationAuditUnavailable", "VerificationNodeNotReady"], AuditDiskFullAsync),
            ["VerificationAuditBehind"] = (["VerificationAuditBehind"], AuditDatabaseLockedAsync),
            ["VerificationGuessing"] = (["VerificationGuessing"], NumbersWalkedAsync),
            ["VerificationLimitTooSmall"] = (["VerificationLimitTooSmall"], LimitMetAsync),
            ["VerificationCertificateExpires"] = (["VerificationCertificateExpires"], CertificateOldAsync),
        };

    // Of fewer the alert says nothing.
    private const int SlowChecks = 80;

    // Some faults show after seconds, and a machine may do much else.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static async Task<(Scrape Before, Scrape During)> KilledAsync(string folder)
    {
        await using var node = await LoadedAsync(folder);
        var before = await node.ScrapeAsync();
        await node.KillAsync();
        await Assert.ThrowsAsync<HttpRequestException>(node.ScrapeAsync);
        return (before, Scrape.Of(isUp: false));
    }

    private static async Task<(Scrape Before, Scrape During)> RegistryGoneAsync(string folder)
    {
        await using var node = await LoadedAsync(folder);
        var before = await node.ScrapeAsync();
        foreach (var file in Directory.EnumerateFiles(folder, "registry.db*"))
        {
            File.Delete(file);
        }

        return (before, await UntilAsync(
            node,
            async now =>
            {
                await NodeLoad.ErrorOfAsync(node, Number);
                return now.Sum("verification_feed_staleness_seconds") > 5.5 && now.Sum("verification_feed_polls_total", "failed") > 8
                    && now.Sum("verification_refusals_total", "REGISTRY_STALE") + now.Sum("verification_refusals_total", "REGISTRY_REPLACED") > 60;
            }));
    }

    private static async Task<(Scrape Before, Scrape During)> RegistryDamagedAsync(string folder)
    {
        await using (var earlier = await LoadedAsync(folder))
        {
        }

        Execute(folder, "registry.db", "UPDATE event SET type = 'reissued', payload = NULL WHERE permit = 'BJ2024000017' AND sequence = 1");
        await using var node = await MeasuredNode.StartAsync(folder);
        await node.Client.Verification.VerifyPermitAsync(new() { PermitNumber = NodeLoad.NumberOf(1) }, cancellationToken: Cancellation);
        var before = await node.ScrapeAsync();
        await NodeLoad.ErrorOfAsync(node, Number);
        return (before, await UntilAsync(node, now => Task.FromResult(now.Sum("verification_registry_damaged_permits") > 0)));
    }

    private static async Task<(Scrape Before, Scrape During)> ClockRanAheadAsync(string folder)
    {
        await using var node = await LoadedAsync(folder);
        var before = await node.ScrapeAsync();
        Execute(folder, "registry.db", "UPDATE event SET recorded_at = recorded_at + 86400000000 WHERE revision = (SELECT max(revision) FROM event)");
        return (before, await UntilAsync(node, now => Task.FromResult(now.Sum("verification_clock_skewed") > 0)));
    }

    private static async Task<(Scrape Before, Scrape During)> RedisStoppedAsync(string folder)
    {
        await using var redis = await RedisServer.StartNewAsync();
        await using var node = await LoadedAsync(folder, Redis(redis, MacKey));
        var before = await UntilAsync(node, now => Task.FromResult(now.Sum("verification_redis_connected") > 0));
        await redis.StopAsync();
        return (before, await UntilAsync(node, now => Task.FromResult(now.Sum("verification_redis_connected") == 0)));
    }

    private static async Task<(Scrape Before, Scrape During)> RedisFrozenAsync(string folder)
    {
        await using var redis = await RedisServer.StartNewAsync();
        await using (var earlier = await LoadedAsync(folder))
        {
        }

        await using var node = await MeasuredNode.StartAsync(folder, Redis(redis, MacKey));
        await UntilAsync(node, now => Task.FromResult(now.Sum("verification_redis_connected") > 0));
        await node.Client.Verification.VerifyPermitAsync(new() { PermitNumber = Number }, cancellationToken: Cancellation);

        // A scrape may be a moment old, and a series has a rate only from its first sample on.
        var before = await UntilAsync(node, now => Task.FromResult(now.Sum("verification_check_duration_seconds_count") > 0));
        await redis.FreezeAsync();
        for (var i = 1; i <= SlowChecks; i++)
        {
            await node.Client.Verification.VerifyPermitAsync(new() { PermitNumber = NodeLoad.NumberOf(i) }, cancellationToken: Cancellation);
        }

        var during = await UntilAsync(node, now => Task.FromResult(
            now.Sum("verification_check_duration_seconds_count") - before.Sum("verification_check_duration_seconds_count") == SlowChecks));
        await redis.ThawAsync();
        return (before, during);
    }

    private static async Task<(Scrape Before, Scrape During)> MacKeyChangedAsync(string folder)
    {
        await using var redis = await RedisServer.StartNewAsync();
        await using (var earlier = await LoadedAsync(folder, Redis(redis, MacKey)))
        {
            await Eventually.TrueAsync(
                async () => (await redis.AskAsync("DBSIZE")).Contains("20", StringComparison.Ordinal), "Redis holds nothing.");
        }

        await using var node = await MeasuredNode.StartAsync(folder, Redis(redis, OtherMacKey));
        var before = await UntilAsync(node, now => Task.FromResult(now.Sum("verification_redis_connected") > 0));
        await NodeLoad.LoadAsync(node, checks: 30);
        return (before, await UntilAsync(node, now => Task.FromResult(now.Sum("verification_redis_misses_total", "reason=\"mac\"") > 0)));
    }

    private static async Task<(Scrape Before, Scrape During)> AuditDiskFullAsync(string folder)
    {
        using var disk = SmallDisk.TryMount();
        Assert.SkipWhen(disk is null, "A tmpfs cannot be mounted here.");
        await using var node = await LoadedAsync(
            folder,
            "--Verification:Audit:SegmentBytes=65536",
            "--Verification:Audit:FlushInterval=10ms",
            $"--Verification:Audit:Folder={Path.Combine(disk!.Path, "audit")}");
        var before = await node.ScrapeAsync();
        disk.Fill();
        return (before, await UntilAsync(
            node,
            async now =>
            {
                for (var i = 0; i < 300 && now.Sum("verification_audit_available") > 0; i++)
                {
                    await NodeLoad.ErrorOfAsync(node, Number);
                }

                return now.Sum("verification_audit_available") == 0;
            }));
    }

    private static async Task<(Scrape Before, Scrape During)> AuditDatabaseLockedAsync(string folder)
    {
        await using var node = await LoadedAsync(folder);
        await Eventually.TrueAsync(() => File.Exists(Path.Combine(folder, "audit.db")), "There is no audit database.");
        var before = await UntilAsync(node, now => Task.FromResult(now.Sum("verification_audit_copy_behind_bytes") == 0));
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "audit.db")};Pooling=False");
        await connection.OpenAsync(Cancellation);
        await using var exclusive = connection.CreateCommand();
        exclusive.CommandText = "BEGIN EXCLUSIVE";
        await exclusive.ExecuteNonQueryAsync(Cancellation);
        await NodeLoad.LoadAsync(node, checks: 50);
        return (before, await UntilAsync(node, now => Task.FromResult(now.Sum("verification_audit_copy_behind_seconds") > 20)));
    }

    private static async Task<(Scrape Before, Scrape During)> NumbersWalkedAsync(string folder)
    {
        await using var node = await LoadedAsync(folder, "--Verification:Consumers:school:Limits:UnknownBurst=1");
        var before = await node.ScrapeAsync();
        using var school = node.ClientOf("school");
        for (var i = 0; i < 5; i++)
        {
            await NodeLoad.ErrorOfAsync(school, $"BJ2024999{i:000}");
        }

        return (before, await UntilAsync(node, now => Task.FromResult(now.Sum("verification_refusals_total", "UNKNOWN_BUDGET_EXHAUSTED") > 0)));
    }

    private static async Task<(Scrape Before, Scrape During)> LimitMetAsync(string folder)
    {
        await using var node = await LoadedAsync(
            folder,
            "--Verification:Consumers:school:Limits:Batches=false",
            "--Verification:Consumers:school:Limits:ChecksPerSecond=1",
            "--Verification:Consumers:school:Limits:CheckBurst=1");
        var before = await node.ScrapeAsync();
        using var school = node.ClientOf("school");
        return (before, await UntilAsync(
            node,
            async now =>
            {
                await NodeLoad.ErrorOfAsync(school, Number);
                return now.Sum("verification_refusals_total", "RATE_EXCEEDED") > 11;
            }));
    }

    private static async Task<(Scrape Before, Scrape During)> CertificateOldAsync(string folder)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, "server.pfx");
        WriteCertificate(path, days: 90);
        await using var node = await LoadedAsync(
            folder, $"--Kestrel:Endpoints:Tls:Url=https://127.0.0.1:{LoopbackPort.Free()}", $"--Kestrel:Endpoints:Tls:Certificate:Path={path}");
        var before = await node.ScrapeAsync();
        WriteCertificate(path, days: 7);
        return (before, await UntilAsync(node, now => Task.FromResult(now.Sum("verification_certificate_expiry_seconds") < 8 * 24 * 3600)));
    }

    private static async Task<MeasuredNode> LoadedAsync(string folder, params string[] settings)
    {
        var node = await MeasuredNode.StartAsync(folder, settings);
        try
        {
            await NodeLoad.LoadAsync(node, checks: 60);
            return node;
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }
    }

    private static string[] Redis(RedisServer redis, string macKey) =>
        [$"--ConnectionStrings:Redis={redis.ConnectionString}", $"--Verification:Lookup:Redis:MacKey={macKey}"];

    private static async Task<Scrape> UntilAsync(MeasuredNode node, Func<Scrape, Task<bool>> condition)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var now = await node.ScrapeAsync();
            if (await condition(now))
            {
                return now;
            }

            Assert.True(TimeProvider.System.GetElapsedTime(begun) < Patience, $"The node does not show it.\n{node.Log}");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Cancellation);
        }
    }

    private static void Execute(string folder, string file, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, file)};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        Assert.Equal(1, command.ExecuteNonQuery());
    }

    /// <summary>Writes a certificate that is good for so many days.</summary>
    public static void WriteCertificate(string path, int days)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(days));
        File.WriteAllBytes(path, certificate.Export(X509ContentType.Pkcs12));
    }
}
