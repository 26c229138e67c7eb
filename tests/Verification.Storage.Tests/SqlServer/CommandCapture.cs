using System.Data;
using System.Diagnostics.CodeAnalysis;
using Dapper;
using Microsoft.Data.SqlClient;

namespace Verification.Storage.Tests.SqlServer;

/// <summary>A connection to nowhere: shows the parameters that would go to the server.</summary>
internal sealed class CommandCapture : IDbConnection
{
    private readonly SqlCommand _command = new();

    [AllowNull]
    public string ConnectionString { get; set; } = string.Empty;

    public int ConnectionTimeout => 0;

    public string Database => string.Empty;

    public ConnectionState State => ConnectionState.Open;

    /// <summary>The parameters as the driver would send them.</summary>
    public static IReadOnlyList<SqlParameter> ParametersOf(DynamicParameters parameters)
    {
        using var capture = new CommandCapture();
        var witness = new Witness(parameters);
        Assert.Throws<InvalidOperationException>(() => capture.Execute("SELECT 1", witness));
        return witness.Seen;
    }

    public IDbCommand CreateCommand() => _command;

    public IDbTransaction BeginTransaction() => throw new NotSupportedException();

    public IDbTransaction BeginTransaction(IsolationLevel il) => throw new NotSupportedException();

    public void ChangeDatabase(string databaseName) => throw new NotSupportedException();

    public void Open() => throw new NotSupportedException();

    public void Close() => _command.Dispose();

    public void Dispose() => Close();

    /// <summary>Looks at the command's parameters before they are cleared.</summary>
    private sealed class Witness(SqlMapper.IDynamicParameters parameters) : SqlMapper.IDynamicParameters
    {
        public IReadOnlyList<SqlParameter> Seen { get; private set; } = [];

        public void AddParameters(IDbCommand command, SqlMapper.Identity identity)
        {
            parameters.AddParameters(command, identity);
            Seen = [.. command.Parameters.Cast<SqlParameter>()];
        }
    }
}
