using Verification.Audit.Storing.Sqlite;
using Verification.Audit.Storing.Tables;

namespace Verification.Audit.Tests.Storing;

public sealed class SqliteAuditDatabaseConformance : AuditDatabaseConformance, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("audit-database-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private protected override async Task<IAuditTables> PrepareAsync()
    {
        var tables = new SqliteAuditTables(Path.Combine(_folder, "audit.db"));
        await tables.PrepareAsync(Cancellation);
        return tables;
    }
}
