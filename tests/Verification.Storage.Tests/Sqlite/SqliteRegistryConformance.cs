using Verification.Conformance;
using Verification.Core.Registry;
using Verification.Storage.Sqlite;

namespace Verification.Storage.Tests.Sqlite;

public sealed class SqliteRegistryConformance : RegistryConformance
{
    private readonly SqliteFolder _folder = new();

    protected override async Task<IPermitRegistry> OpenAsync() => await _folder.OpenAsync(Clock);

    protected override IFileEvents KeepFileEvents() => new FileEvents();

    protected override ValueTask CleanUpAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
