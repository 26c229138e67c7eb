using Verification.Conformance;
using Verification.Core.Registry;

namespace Verification.Storage.Tests.Sqlite;

public sealed class SqliteRegistryConformance : RegistryConformance
{
    private readonly SqliteFolder _folder = new();

    protected override async Task<IPermitRegistry> OpenAsync() => await _folder.OpenAsync(Clock);

    protected override ValueTask CleanUpAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
