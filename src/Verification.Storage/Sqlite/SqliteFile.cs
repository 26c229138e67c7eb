using System.Buffers.Binary;
using Dapper;
using Microsoft.Data.Sqlite;
using Verification.Core.Registry;

namespace Verification.Storage.Sqlite;

/// <summary>
/// What lies at the registry's path. A registry is made only where that was asked for, and another program's file is left as it is.
/// </summary>
internal static class SqliteFile
{
    /// <summary>Stands in the file's header and says whose it is: "PVRG". Files of the first version have 0.</summary>
    public const int ApplicationId = 0x50565247;

    private const int HeaderLength = 100;
    private const int ApplicationIdOffset = 68;

    private static readonly string[] Tables = ["registry", "event", "import", "import_reject", "SchemaVersions"];
    private static readonly string[] RegistryColumns = ["registry_id", "counter", "digest_key_id"];

    private static ReadOnlySpan<byte> Magic => "SQLite format 3\0"u8;

    /// <summary>Makes sure that there is a registry to open or to bring up to date, and begins one where that may be.</summary>
    /// <param name="path">The file.</param>
    /// <param name="createIfMissing">Whether a registry is made where there is none.</param>
    /// <exception cref="RegistryUnavailableException">There is none and none may be made, or the file is another program's.</exception>
    public static void Prepare(string path, bool createIfMissing)
    {
        if (WhyNone(path) is not { } none)
        {
            return;
        }

        if (!createIfMissing)
        {
            throw new RegistryUnavailableException(
                $"{none} If there was a registry here, find out where it is. A new one is made only where that is asked for: "
                + "start once with --create.");
        }

        using var connection = Open(path, SqliteOpenMode.ReadWriteCreate);
        connection.Execute(SqliteStatements.BeginFile);
    }

    /// <summary>Why there is no registry; null where there is one.</summary>
    /// <exception cref="RegistryUnavailableException">The file is another program's, or a part of a registry.</exception>
    private static string? WhyNone(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists || file.Length == 0)
        {
            if (new FileInfo(path + "-wal") is { Exists: true, Length: > 0 })
            {
                throw new RegistryUnavailableException(
                    $"'{path}' is {(file.Exists ? "empty" : "missing")}, and its log '{path}-wal' is there: it is a part of a registry.");
            }

            return file.Exists ? $"The file '{path}' is empty (0 bytes)." : $"There is no file '{path}'.";
        }

        Span<byte> header = stackalloc byte[HeaderLength];
        using (var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete))
        {
            if (stream.ReadAtLeast(header, HeaderLength, throwOnEndOfStream: false) < HeaderLength || !header.StartsWith(Magic))
            {
                throw new RegistryUnavailableException($"The file '{path}' is no SQLite database.");
            }
        }

        return BinaryPrimitives.ReadInt32BigEndian(header[ApplicationIdOffset..]) is 0 or ApplicationId
            ? WhyNoneInDatabase(path)
            : throw AnotherProgram(path);
    }

    private static string? WhyNoneInDatabase(string path)
    {
        using var connection = Open(path, SqliteOpenMode.ReadOnly);
        var isMarked = connection.ExecuteScalar<long>("PRAGMA application_id") == ApplicationId;
        var present = connection.Query<string>(SqliteStatements.ReadTables).ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (isMarked ? !present.Contains(Tables[0]) : present.Count == 0 && UserVersion(connection) == 0)
        {
            return $"The database '{path}' has no tables: a registry was begun and not finished, or this is a copy without its -wal.";
        }

        return isMarked || (UserVersion(connection) == 0 && Tables.All(present.Contains) && HasRegistryColumns(connection))
            ? null
            : throw AnotherProgram(path);
    }

    private static long UserVersion(SqliteConnection connection) => connection.ExecuteScalar<long>("PRAGMA user_version");

    private static bool HasRegistryColumns(SqliteConnection connection)
    {
        var columns = connection.Query<string>(SqliteStatements.ReadRegistryColumns).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return RegistryColumns.All(columns.Contains);
    }

    private static RegistryUnavailableException AnotherProgram(string path) =>
        new($"The database '{path}' is another program's. It was left as it is.");

    private static SqliteConnection Open(string path, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false }.ToString());
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
