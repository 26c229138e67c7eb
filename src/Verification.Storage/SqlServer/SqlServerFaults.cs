using Microsoft.Data.SqlClient;
using Verification.Core.Registry;

namespace Verification.Storage.SqlServer;

/// <summary>What the driver, the server or damaged rows say becomes one exception: the registry could not answer.</summary>
internal static class SqlServerFaults
{
    /// <summary>Whether the exception says that the registry could not answer, and not that the program is wrong.</summary>
    public static bool IsFault(Exception exception) =>
        exception is SqlException or InvalidOperationException or FormatException or ArgumentException or IOException;

    /// <summary>The failure, in plain words. Holds nothing of the connection string.</summary>
    public static RegistryUnavailableException Unavailable(Exception cause) =>
        new($"The registry could not answer: {Words(cause)}", cause);

    /// <summary>The failure of a call that did not end in time.</summary>
    public static RegistryUnavailableException TimedOut(TimeSpan timeout) =>
        new($"The registry could not answer: it took longer than {timeout.TotalSeconds:0.###} s.");

    private static string Words(Exception cause) => cause switch
    {
        SqlException sql => $"{Words(sql)} (SQL Server error {sql.Number})",
        InvalidOperationException { InnerException: SqlException sql } => $"{Words(sql)} (SQL Server error {sql.Number})",
        _ => cause.Message,
    };

    private static string Words(SqlException sql) => sql.Number switch
    {
        TransientErrors.TimeoutNumber => "the server did not answer in time.",
        1205 => "other calls were in the way, again and again.",
        2601 or 2627 => "a unique key does not hold.",
        4060 => "the database cannot be opened with this login.",
        18456 => "the server refused the login.",
        229 or 230 or 262 => "the login lacks a permission. " + sql.Message,
        _ => sql.Message,
    };
}
