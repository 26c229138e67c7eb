using Verification.Storage.SqlServer;

namespace Verification.Server.Configuration;

/// <summary>Which registry the service stands on: the configuration section <c>Verification:Registry</c>.</summary>
internal sealed class RegistryOptions
{
    /// <summary>The embedded registry, in a file of the data folder.</summary>
    public const string Sqlite = "Sqlite";

    /// <summary>SQL Server, at <c>ConnectionStrings:Registry</c>.</summary>
    public const string SqlServer = "SqlServer";

    private const string PrimaryKey = "ConnectionStrings:Registry";
    private const string ReplicaKey = "ConnectionStrings:RegistryReplica";

    /// <summary><see cref="Sqlite"/> or <see cref="SqlServer"/>.</summary>
    public string Provider { get; set; } = Sqlite;

    /// <summary>Whether a registry is made where there is none. Not by default: a wrong folder or database would be an empty registry.</summary>
    public bool CreateIfMissing { get; set; }

    /// <summary>Settings of the SQL Server registry; its connection strings are <c>ConnectionStrings:Registry</c> and <c>:RegistryReplica</c>.</summary>
    public SqlServerRegistryOptions SqlServerSettings { get; set; } = new();

    /// <summary>What is wrong, all at once.</summary>
    public IEnumerable<string> Validate() => Provider switch
    {
        Sqlite => ((string[])[PrimaryKey, ReplicaKey])
            .Where(key => (key == PrimaryKey ? SqlServerSettings.ConnectionString : SqlServerSettings.ReplicaConnectionString) is { Length: > 0 })
            .Select(key => $"{key} is set, but {VerificationOptions.Section}:Registry:Provider is {Sqlite}, which has none."),
        SqlServer => SqlServerSettings.Validate().Select(KeyOf),
        _ => [$"{VerificationOptions.Section}:Registry:Provider must be {Sqlite} or {SqlServer}."],
    };

    /// <summary>A problem, which begins with the option's name, with the setting's key.</summary>
    private static string KeyOf(string problem)
    {
        var name = problem[..problem.IndexOf(' ', StringComparison.Ordinal)];
        var key = name switch
        {
            nameof(SqlServerRegistryOptions.ConnectionString) => PrimaryKey,
            nameof(SqlServerRegistryOptions.ReplicaConnectionString) => ReplicaKey,
            _ => $"{VerificationOptions.Section}:Registry:{nameof(SqlServerSettings)}:{name}",
        };
        return key + problem[name.Length..];
    }
}
