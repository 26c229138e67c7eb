using Microsoft.Data.Sqlite;
using SQLitePCL;
using Verification.Core.Registry;

namespace Verification.Storage.Sqlite;

/// <summary>Reads the last revision of each bucket of permits off all events, one after the other. It speaks to SQLite itself, as there are millions.</summary>
internal static class StampReader
{
    // The columns of SqliteStatements.ReadStamps.
    private const int Bucket = 0;
    private const int Revision = 1;

    /// <summary>By bucket the last revision; 0 where it has none.</summary>
    /// <param name="connection">The connection, in a transaction.</param>
    /// <exception cref="SqliteException">SQLite could not read.</exception>
    public static long[] Read(SqliteConnection connection)
    {
        var stamps = new long[RegistryStamps.BucketCount];
        SqliteException.ThrowExceptionForRC(
            raw.sqlite3_prepare_v2(connection.Handle!, SqliteStatements.ReadStamps, out var statement), connection.Handle);
        using (statement)
        {
            var row = new SqliteRow(statement);
            int outcome;
            while ((outcome = raw.sqlite3_step(statement)) == raw.SQLITE_ROW)
            {
                ref var stamp = ref stamps[row.Number(Bucket)];
                stamp = Math.Max(stamp, row.Number(Revision));
            }

            if (outcome != raw.SQLITE_DONE)
            {
                SqliteException.ThrowExceptionForRC(outcome, connection.Handle);
            }
        }

        return stamps;
    }
}
