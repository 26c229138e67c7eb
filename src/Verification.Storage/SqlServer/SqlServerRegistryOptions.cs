using Microsoft.Data.SqlClient;

namespace Verification.Storage.SqlServer;

/// <summary>Where the registry's SQL Server is, and how long a call to it may take.</summary>
public sealed class SqlServerRegistryOptions
{
    private static readonly TimeSpan MaxTimeout = TimeSpan.FromHours(1);

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
    public int MinPoolSize { get; set; } = 8;

    /// <summary>The longest that a read may take, repeats included; to be below the callers' deadlines. By default 2 s.</summary>
    public TimeSpan LookupTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The longest that recording one event may take, repeats included. By default 5 s.</summary>
    public TimeSpan AppendTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest that one batch of an import may take, repeats included. By default 60 s.</summary>
    public TimeSpan ImportTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>The longest that opening may take: connecting, another node's migration, and migrating. By default 5 min.</summary>
    public TimeSpan OpenTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How often a call that failed for a passing reason is repeated, where repeating is safe; 0 to 10. By default 3.</summary>
    public int MaxRepeats { get; set; } = 3;

    /// <summary>How reads from snapshots are made sure of at the start. By default <see cref="SnapshotCheck.Setting"/>.</summary>
    public SnapshotCheck SnapshotCheck { get; set; }

    /// <summary>
    /// What is wrong with the settings, all at once; empty when nothing is. Each begins with the setting's name. Never holds a setting's
    /// secret.
    /// </summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        CheckConnection(nameof(ConnectionString), ConnectionString, errors);
        if (ReplicaConnectionString is not null)
        {
            CheckConnection(nameof(ReplicaConnectionString), ReplicaConnectionString, errors);
        }

        if (MinPoolSize is < 0 or > 100)
        {
            errors.Add($"{nameof(MinPoolSize)} must be 0 to 100.");
        }

        if (MaxRepeats is < 0 or > 10)
        {
            errors.Add($"{nameof(MaxRepeats)} must be 0 to 10.");
        }

        if (!Enum.IsDefined(SnapshotCheck))
        {
            errors.Add($"{nameof(SnapshotCheck)} must be {SnapshotCheck.Setting} or {SnapshotCheck.Trial}.");
        }

        CheckTimeout(nameof(LookupTimeout), LookupTimeout, errors);
        CheckTimeout(nameof(AppendTimeout), AppendTimeout, errors);
        CheckTimeout(nameof(ImportTimeout), ImportTimeout, errors);
        CheckTimeout(nameof(OpenTimeout), OpenTimeout, errors);
        return errors;
    }

    private static void CheckTimeout(string name, TimeSpan timeout, List<string> errors)
    {
        if (timeout <= TimeSpan.Zero || timeout > MaxTimeout)
        {
            errors.Add($"{name} must be more than 0 and at most {MaxTimeout}.");
        }
    }

    private static void CheckConnection(string name, string connectionString, List<string> errors)
    {
        if (string.IsNullOrWhiteSpace(connectionString))
        {
            errors.Add($"{name} is missing.");
            return;
        }

        try
        {
            var parts = new SqlConnectionStringBuilder(connectionString);
            if (parts.DataSource.Length == 0)
            {
                errors.Add($"{name} names no server (Server=…).");
            }

            if (parts.InitialCatalog.Length == 0)
            {
                errors.Add($"{name} names no database (Database=…).");
            }

            if (parts.MultipleActiveResultSets)
            {
                errors.Add($"{name} asks for MultipleActiveResultSets, which the store does not use.");
            }

            // Checks what may not stand beside each other. Opens nothing.
            using var connection = new SqlConnection(connectionString);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or KeyNotFoundException or OverflowException)
        {
            // The parser's message may quote a part of the password.
            errors.Add($"{name} is no SQL Server connection string.");
        }
    }
}
