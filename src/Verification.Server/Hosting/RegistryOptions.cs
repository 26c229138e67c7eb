using Verification.Storage.SqlServer;

namespace Verification.Server.Hosting;

/// <summary>Which registry the service stands on: the configuration section <c>Verification:Registry</c>.</summary>
internal sealed class RegistryOptions
{
    /// <summary>The embedded registry, in a file of the data folder.</summary>
    public const string Sqlite = "Sqlite";

    /// <summary>SQL Server, at <c>ConnectionStrings:Registry</c>.</summary>
    public const string SqlServer = "SqlServer";

    /// <summary><see cref="Sqlite"/> or <see cref="SqlServer"/>.</summary>
    public string Provider { get; set; } = Sqlite;

    /// <summary>Settings of the SQL Server registry; its connection strings are <c>ConnectionStrings:Registry</c> and <c>:RegistryReplica</c>.</summary>
    public SqlServerRegistryOptions SqlServerSettings { get; set; } = new();

    /// <summary>What is wrong, all at once.</summary>
    public IEnumerable<string> Validate() => Provider switch
    {
        Sqlite => SqlServerSettings.ConnectionString.Length == 0
            ? []
            : [$"ConnectionStrings:Registry is set, but {VerificationOptions.Section}:Registry:Provider is {Sqlite}, which has none."],
        SqlServer => SqlServerSettings.Validate().Select(error => $"{VerificationOptions.Section}:Registry, {SqlServer}: {error}"),
        _ => [$"{VerificationOptions.Section}:Registry:Provider must be {Sqlite} or {SqlServer}."],
    };
}
