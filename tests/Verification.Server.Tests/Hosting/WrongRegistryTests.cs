using Verification.Server.Configuration;
using Verification.Server.Tests.Support;

namespace Verification.Server.Tests.Hosting;

/// <summary>A wrong folder is no empty registry.</summary>
public sealed class WrongRegistryTests : IDisposable
{
    private readonly string _folder = TestServer.NewFolder();

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("")]
    public async Task Start_FolderWithoutARegistry_IsRefusedInPlainWordsAndMakesNothing(string name)
    {
        var folder = Path.Combine(_folder, name);

        var refusal = await Assert.ThrowsAsync<StartRefusedException>(() => StartAsync(folder));

        Assert.Contains(folder, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("--create", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));
    }

    [Fact]
    public async Task Start_EmptyFile_IsRefused()
    {
        await File.WriteAllBytesAsync(Path.Combine(_folder, "registry.db"), [], TestContext.Current.CancellationToken);

        var refusal = await Assert.ThrowsAsync<StartRefusedException>(() => StartAsync(_folder));

        Assert.Contains("0 bytes", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_RegistryThatWasMade_OpensWithoutAskingAndSaysWhichItIs()
    {
        await using (var made = await TestServer.StartAsync(_folder))
        {
            await made.RecordAsync(Calls.Issued("BJ2024000017", "2025-05-01"));
            Assert.Contains("events 0, last recorded never", LineOf(made), StringComparison.Ordinal);
        }

        await using var server = await StartAsync(_folder);

        var line = LineOf(server);
        Assert.Contains(Path.Combine(_folder, "registry.db"), line, StringComparison.Ordinal);
        Assert.Contains("revision 1, events 1, last recorded 2026-03-10 04:00:00Z", line, StringComparison.Ordinal);
        Assert.Contains("-wal", line, StringComparison.Ordinal);
    }

    /// <summary>The switch of a test's server taken back: the last one counts.</summary>
    private static Task<TestServer> StartAsync(string folder) =>
        TestServer.StartAsync(folder, args: "--Verification:Registry:CreateIfMissing=false");

    private static string LineOf(TestServer server) =>
        Assert.Single(server.Logs.Texts, text => text.Contains("RegistryOpened", StringComparison.Ordinal));
}
