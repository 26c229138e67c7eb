using System.Collections.Frozen;
using Microsoft.Data.SqlClient;
using Verification.Core.Registry;

namespace Verification.Storage.SqlServer;

/// <summary>What the driver, the server or damaged rows say becomes one exception: the registry could not answer.</summary>
internal static class SqlServerFaults
{
    /// <summary>The server waited for a lock as long as the session allows.</summary>
    private const int LockTimeoutNumber = 1222;

    // A page, a row or an index that is not what it was written as.
    private static readonly FrozenSet<int> Damage = FrozenSet.ToFrozenSet([211, 605, 608, 644, 823, 824, 2570, 8646]);

    /// <summary>Whether the exception says that the registry could not answer, and not that the program is wrong.</summary>
    public static bool IsFault(Exception exception) =>
        exception is SqlException or InvalidOperationException or FormatException or ArgumentException or IOException;

    /// <summary>The failure, in plain words. Holds no secret of the connection string.</summary>
    public static RegistryUnavailableException Unavailable(Exception cause) =>
        IsDamage(cause)
            ? new RegistryDamagedException($"The registry could not answer, as it is damaged: {Words(cause)}", cause)
            : new RegistryUnavailableException($"The registry could not answer: {Words(cause)}", cause);

    /// <summary>The failure of a call that did not end in time.</summary>
    public static RegistryUnavailableException TimedOut(TimeSpan timeout) =>
        new($"The registry could not answer: it took longer than {timeout.TotalSeconds:0.###} s.");

    private static bool IsDamage(Exception cause) => cause switch
    {
        SqlException sql => sql.Errors.Cast<SqlError>().Any(error => Damage.Contains(error.Number)),
        FormatException or ArgumentException => true,
        _ => false,
    };

    private static string Words(Exception cause) => cause switch
    {
        SqlException { Number: 0 } transport => Transport(transport),
        InvalidOperationException { InnerException: SqlException { Number: 0 } transport } => Transport(transport),
        SqlException sql => $"{Words(sql)} (SQL Server error {sql.Number})",
        InvalidOperationException { InnerException: SqlException sql } => $"{Words(sql)} (SQL Server error {sql.Number})",
        _ => cause.Message,
    };

    /// <summary>No error of the server's: the connection failed. What the network said stands beneath, where anything did.</summary>
    private static string Transport(SqlException exception)
    {
        for (var cause = exception.InnerException; cause is not null; cause = cause.InnerException)
        {
            if (cause is System.Net.Sockets.SocketException { SocketErrorCode: not System.Net.Sockets.SocketError.Success } socket)
            {
                return SqlServerPort.Words(socket);
            }
        }

        return "the server closed the connection, or what answers there is no SQL Server.";
    }

    private static string Words(SqlException sql) => sql.Number switch
    {
        TransientErrors.TimeoutNumber => "the server did not answer in time.",
        LockTimeoutNumber => "another session holds the registry's counter and does not let go: a node that is frozen, perhaps.",
        1205 => "other calls were in the way, again and again.",
        2601 or 2627 => "a unique key does not hold.",
        4060 => "the database cannot be opened with this login.",
        18456 => "the server refused the login.",
        229 or 230 or 262 => "the login lacks a permission. " + sql.Message,
        _ => sql.Message,
    };
}
