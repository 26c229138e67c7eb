using System.ComponentModel.DataAnnotations;
using Microsoft.Data.SqlClient;

namespace Verification.Storage.SqlServer;

/// <summary>Where the registry's SQL Server is, and how long a call to it may take.</summary>
public sealed class SqlServerRegistryOptions
{
    private const string LeastTimeout = "00:00:00.001";
    private const string MostTimeout = "01:00:00";

    /// <summary>
    /// The primary, as a Microsoft.Data.SqlClient connection string that names its database. Required, and a secret.
    /// </summary>
    public string ConnectionString { get; set; } = string.Empty;

    /// <summary>
    /// A readable secondary for lookups: a connection string of the same kind, opened with <c>ApplicationIntent=ReadOnly</c>; behind
    /// an availability group's listener it may equal <see cref="ConnectionString"/>. None by default: the primary answers lookups.
    /// </summary>
    public string? ReplicaConnectionString { get; set; }

    /// <summary>The connections that each pool keeps open, 0 to 100. By default 8.</summary>
    [Range(0, 100)]
    public int MinPoolSize { get; set; } = 8;

    /// <summary>The longest that a read may take, repeats included; to be below the callers' deadlines. By default 2 s.</summary>
    [Range(typeof(TimeSpan), LeastTimeout, MostTimeout)]
    public TimeSpan LookupTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The longest that recording one event may take, repeats included. By default 5 s.</summary>
    [Range(typeof(TimeSpan), LeastTimeout, MostTimeout)]
    public TimeSpan AppendTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest that one batch of an import may take, repeats included. By default 60 s.</summary>
    [Range(typeof(TimeSpan), LeastTimeout, MostTimeout)]
    public TimeSpan ImportTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>The longest that opening may take: connecting, another node's migration, and migrating. By default 5 min.</summary>
    [Range(typeof(TimeSpan), LeastTimeout, MostTimeout)]
    public TimeSpan OpenTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How often a call that failed for a passing reason is repeated, where repeating is safe; 0 to 10. By default 3.</summary>
    [Range(0, 10)]
    public int MaxRepeats { get; set; } = 3;

    /// <summary>How reads from snapshots are made sure of at the start. By default <see cref="SnapshotCheck.Setting"/>.</summary>
    public SnapshotCheck SnapshotCheck { get; set; }

    /// <summary>What is wrong with a connection string; nothing of it is told, as it is a secret.</summary>
    public static IReadOnlyList<string> ProblemsOf(string connectionString)
    {
        if (string.IsNullOrWhiteSpace(connectionString))
        {
            return ["is missing."];
        }

        try
        {
            var errors = new List<string>();
            var parts = new SqlConnectionStringBuilder(connectionString);
            if (parts.DataSource.Length == 0)
            {
                errors.Add("names no server (Server=…).");
            }

            if (parts.InitialCatalog.Length == 0)
            {
                errors.Add("names no database (Database=…).");
            }

            if (parts.MultipleActiveResultSets)
            {
                errors.Add("asks for MultipleActiveResultSets, which the store does not use.");
            }

            // Checks what may not stand beside each other. Opens nothing.
            using var connection = new SqlConnection(connectionString);
            return errors;
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or KeyNotFoundException or OverflowException)
        {
            // The parser's message may quote a part of the password.
            return ["is no SQL Server connection string."];
        }
    }
}
