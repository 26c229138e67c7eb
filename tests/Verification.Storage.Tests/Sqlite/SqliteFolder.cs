using Microsoft.Data.Sqlite;
using Verification.Storage.Sqlite;

namespace Verification.Storage.Tests.Sqlite;

/// <summary>A folder of its own for one test's registry.</summary>
internal sealed class SqliteFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("verification-");

    public string DatabasePath => Path.Combine(_folder.FullName, "registry.db");

    public Task<SqliteRegistry> OpenAsync(TimeProvider clock, uint digestKeyId = 1, bool createIfMissing = true) =>
        SqliteRegistry.OpenAsync(DatabasePath, createIfMissing, digestKeyId, clock, TestContext.Current.CancellationToken);

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }
}
