using Verification.Conformance;
using Verification.Core.Registry;
using Verification.Storage.Sqlite;

namespace Verification.Storage.Tests.SqlServer;

[Collection(SqlServerDatabase.Collection)]
public sealed class SqlServerRegistryConformance : RegistryConformance
{
    private SqlServerDatabase? _database;

    protected override async Task<IPermitRegistry> OpenAsync()
    {
        _database ??= await SqlServerDatabase.CreateAsync();
        return await _database.OpenAsync(Clock);
    }

    protected override IFileEvents KeepFileEvents() => new FileEvents();

    protected override ValueTask CleanUpAsync() => _database?.DisposeAsync() ?? ValueTask.CompletedTask;
}
