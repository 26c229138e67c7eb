using System.Net;
using Grpc.Core;
using Verification.Caching.Coherence;
using Verification.Server.Tests.Support;

namespace Verification.Server.Tests.Registration;

/// <summary>The registry's files are deleted or replaced under the running service.</summary>
public sealed class ReplacedRegistryTests : IDisposable
{
    private const string Number = "BJ2024000017";

    private readonly string _folder = TestServer.NewFolder();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("registry.db")]
    [InlineData("registry.db-wal")]
    [InlineData("registry.db-shm")]
    public async Task RecordEvent_FileDeleted_IsRefusedAndTheNodeIsNotReady(string file)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere the open file forbids it.");
        await using var server = await TestServer.StartAsync(_folder);
        server.ExpectsError = error => error.Contains("RegistryReplaced", StringComparison.Ordinal);
        await server.RecordAsync(Calls.Issued(Number, "2025-05-01"));
        File.Delete(Path.Combine(_folder, file));

        var error = await Calls.ErrorOfAsync(() => server.RecordAsync(Calls.Issued("BJ2024000018", "2025-05-01")));

        Assert.Equal((StatusCode.Unavailable, "REGISTRY_REPLACED"), error);
        server.Clock.Advance(TimeSpan.FromSeconds(1));
        await Eventually.TrueAsync(
            () => server.Service<LookupReadiness>().Check().Contains(ReadinessReason.RegistryReplaced), "The poll did not notice.");
        var ready = await server.Http.GetAsync("/health/ready", Token);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Contains("REGISTRY_REPLACED", await ready.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }
}
