using Verification.Core.Registry;

namespace Verification.Storage.SqlServer;

/// <summary>
/// What tables the database has. A registry is made only where that was asked for, and tables of another program are left as they are.
/// </summary>
internal static class SqlServerTables
{
    private static readonly (string Table, string Column)[] Own =
        [("registry", "registry_id"), ("registry", "digest_key_id"), ("event", "effective_on"), ("import", "prefix_digest")];

    /// <summary>Makes sure that there is a registry to open or to bring up to date, or that one may be made.</summary>
    /// <exception cref="RegistryUnavailableException">
    /// There is none and none may be made, or another program has tables of the same names.
    /// </exception>
    public static async Task CheckAsync(
        SqlServerConnections connections, bool createIfMissing, TimeSpan timeout, CancellationToken cancellationToken)
    {
        await using var session = await SqlServerSession.OpenAsync(connections, timeout, cancellationToken);
        var columns = await session.QueryAsync<ColumnRow>(SqlServerStatements.ReadColumns);
        if (WhyNot(columns, connections.Database, createIfMissing) is { } refused)
        {
            throw new RegistryUnavailableException(refused);
        }
    }

    /// <summary>Why the registry is not opened; null where it may be, or made.</summary>
    internal static string? WhyNot(IReadOnlyCollection<ColumnRow> columns, string database, bool createIfMissing)
    {
        if (columns.Count == 0)
        {
            return createIfMissing
                ? null
                : $"Database {database} holds no registry. If there was one, find out where it is. A new one is made only where that "
                    + "is asked for: start once with --create.";
        }

        var present = columns.Select(column => (column.TableName, column.ColumnName)).ToHashSet();
        return Own.All(present.Contains)
            ? null
            : $"Database {database} has tables of another program that are named as the registry's: "
                + $"{string.Join(", ", columns.Select(column => column.TableName).Distinct().Order(StringComparer.Ordinal))}. "
                + "They were left as they are.";
    }
}
