using Dapper;
using Microsoft.Data.SqlClient;
using Verification.Audit.Storing.SqlServer;
using Verification.Audit.Storing.Tables;
using Verification.SqlServerSupport;

namespace Verification.Audit.Tests.Storing.SqlServer;

/// <summary>On a live server, where there is one: in a database that is made for each test.</summary>
public sealed class SqlServerAuditDatabaseConformance : AuditDatabaseConformance, IAsyncDisposable
{
    private readonly string _name = $"verification_test_{Guid.NewGuid():N}";
    private string? _server;

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await ExecuteAsync(_server, $"ALTER DATABASE [{_name}] SET SINGLE_USER WITH ROLLBACK IMMEDIATE; DROP DATABASE [{_name}]");
        }
    }

    private protected override async Task<IAuditTables> PrepareAsync()
    {
        var server = await SqlServerTestServer.ConnectionStringOrSkipAsync();
        await ExecuteAsync(server, $"CREATE DATABASE [{_name}]");
        _server = server;
        var tables = new SqlServerAuditTables(
            new SqlConnectionStringBuilder(server) { InitialCatalog = _name }.ConnectionString, TimeSpan.FromSeconds(60));
        await tables.PrepareAsync(Cancellation);
        return tables;
    }

    private static async Task ExecuteAsync(string server, string statement)
    {
        await using var connection = new SqlConnection(new SqlConnectionStringBuilder(server) { Pooling = false }.ConnectionString);
        await connection.ExecuteAsync(statement, commandTimeout: 120);
    }
}
