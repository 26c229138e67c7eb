using System.Text;
using Grpc.Core;
using Permits.Registry.V1;
using Permits.Verification.V1;
using Verification.Server.Tests.Support;

namespace Verification.Server.Tests.Faults;

/// <summary>A page of the registry's file is damaged: only the permits that lie in it cannot be told.</summary>
public sealed class DamageTests : IDisposable
{
    private const int PageSize = 2048;
    private const int Permits = 500;
    private const byte LeafOfATable = 0x0D;

    private readonly string _folder = TestServer.NewFolder();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task BatchVerifyPermits_DamagedPage_FailsOnlyWhatLiesInIt()
    {
        await RecordAndDamageAsync();
        await using var server = await TestServer.StartAsync(_folder);

        var items = await BatchAsync(server);

        var failed = Enumerable.Range(0, Permits).Where(i => items[i].Error is not null).ToList();
        Assert.InRange(failed.Count, 1, Permits / 10);
        Assert.All(failed, i => Assert.Equal((int)StatusCode.Unavailable, items[i].Error.Code));
        for (var i = 0; i < Permits; i++)
        {
            if (failed.Contains(i))
            {
                var error = await Calls.ErrorOfAsync(() => server.VerdictAsync(Calls.Check(Number(i))));
                Assert.Equal((StatusCode.Unavailable, "REGISTRY_UNAVAILABLE"), error);
            }
            else
            {
                Assert.Equal(PermitStatus.Valid, items[i].Response.Verdict.Status);
            }
        }
    }

    [Fact]
    public async Task BatchVerifyPermits_DamagedPage_IsToldOnceByDigestAndInHealth()
    {
        await RecordAndDamageAsync();
        await using var server = await TestServer.StartAsync(_folder);

        var failed = (await BatchAsync(server)).Select((item, i) => (item, i)).Where(it => it.item.Error is not null).Select(it => it.i).ToList();
        await BatchAsync(server);
        foreach (var i in failed)
        {
            await Calls.ErrorOfAsync(() => server.VerdictAsync(Calls.Check(Number(i))));
            await Calls.ErrorOfAsync(() => server.Registry.GetPermitAsync(new GetPermitRequest { PermitNumber = Number(i) }).ResponseAsync);
        }

        var line = Assert.Single(server.Logs.Texts, text => text.Contains("PermitsDamaged", StringComparison.Ordinal));
        Assert.Contains($"{failed.Count} permits", line, StringComparison.Ordinal);
        Assert.DoesNotContain(server.Logs.Texts, text => text.Contains("could not be answered", StringComparison.Ordinal));
        Assert.All(failed, i => Assert.DoesNotContain(server.Logs.Texts, text => text.Contains(Number(i), StringComparison.Ordinal)));
        var ready = await server.Http.GetAsync("/health/ready", Token);
        Assert.True(ready.IsSuccessStatusCode);
        Assert.Contains($"REGISTRY_DAMAGED ({failed.Count} permits)", await ready.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    private static string Number(int i) => $"BJ2024{i:000000}";

    private static async Task<IList<BatchItem>> BatchAsync(TestServer server)
    {
        var batch = new BatchVerifyPermitsRequest();
        batch.Checks.AddRange(Enumerable.Range(0, Permits).Select(i => Calls.Check(Number(i))));
        return (await server.Permits.BatchVerifyPermitsAsync(batch)).Items;
    }

    /// <summary>Writes garbage over the page with the permit in the middle.</summary>
    private async Task RecordAndDamageAsync()
    {
        await using (var server = await TestServer.StartAsync(_folder))
        {
            var lines = Enumerable.Range(0, Permits).Select(i =>
                $"{{\"permit\":\"{Number(i)}\",\"event\":\"issued\",\"on\":\"2025-05-01\",\"kind\":\"work_residence_permit\"}}\n");
            var report = (await server.ImportAsync("file", string.Concat(lines))).Report();
            Assert.Equal(Permits, report.Events);
        }

        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        var path = Path.Combine(_folder, "registry.db");
        var file = await File.ReadAllBytesAsync(path, Token);
        var middle = Encoding.ASCII.GetBytes(Number(Permits / 2));
        var page = Enumerable.Range(1, (file.Length / PageSize) - 1)
            .Select(i => i * PageSize)
            .Single(start => file[start] == LeafOfATable && file.AsSpan(start, PageSize).IndexOf(middle) >= 0);
        new Random(7).NextBytes(file.AsSpan(page, PageSize));
        await File.WriteAllBytesAsync(path, file, Token);
    }
}
