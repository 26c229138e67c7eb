using System.Collections.Frozen;
using Microsoft.Data.SqlClient;

namespace Verification.Storage.SqlServer;

/// <summary>
/// Tells a failure that passes by itself from one that stays. Time-outs of commands do not count: the server is slow, and repeating
/// would make it slower. Nor does a connection that was never made: the driver has tried until its time-out was over.
/// </summary>
internal static class TransientErrors
{
    /// <summary>The number by which the driver says that a command or a connection took too long.</summary>
    public const int TimeoutNumber = -2;

    /// <summary>The server closes the connection with errors of this severity and above.</summary>
    private const byte ConnectionLost = 20;

    private static readonly FrozenSet<int> Numbers = FrozenSet.ToFrozenSet(
    [
        // The connection was lost or not made.
        20, 64, 121, 232, 233, 258, 10053, 10054, 10060, 10061, 11001, 17142, 17197, 18401,

        // The server chose this transaction to fail, or had no room for it.
        701, 1204, 1205, 1221, 3935, 3960, 8645, 8651,

        // The database is starting, stopping or failing over.
        615, 617, 669, 904, 921, 922, 923, 924, 926, 976, 978, 979, 982, 983, 4060, 4221, 6005, 9002,

        // A hosted server moves or throttles the database.
        4891, 10928, 10929, 14355, 40143, 40197, 40501, 40540, 40613, 42108, 42109, 49918, 49919, 49920,
    ]);

    /// <summary>Whether a failure may pass by itself. Bulk copy wraps what the server says of its first question.</summary>
    public static bool IsTransient(Exception exception) => exception switch
    {
        SqlException sql => sql.ClientConnectionId != Guid.Empty
            && sql.Errors.Cast<SqlError>().Any(error => IsTransient(error.Number, error.Class)),
        InvalidOperationException { InnerException: SqlException inner } => IsTransient(inner),
        _ => false,
    };

    /// <summary>Whether an error may pass by itself.</summary>
    /// <param name="number">The error's number.</param>
    /// <param name="severity">The error's class.</param>
    public static bool IsTransient(int number, byte severity) =>
        Numbers.Contains(number) || (severity >= ConnectionLost && number != TimeoutNumber);
}
