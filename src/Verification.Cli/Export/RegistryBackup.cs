using Microsoft.Data.Sqlite;
using Verification.Cli.Shell;

namespace Verification.Cli.Export;

/// <summary>A backup of the embedded registry: whole, as of one instant, also while the service records.</summary>
/// <param name="RegistryId">The registry's id, as it keeps it.</param>
/// <param name="Revision">Its last event's.</param>
/// <param name="Events">How many events it holds.</param>
/// <param name="Bytes">The size of the backup.</param>
internal sealed record RegistryBackup(string RegistryId, long Revision, long Events, long Bytes)
{
    // Which every registry's file bears: another program's database is none.
    private const long ApplicationId = 0x50565247;

    /// <summary>Makes one. What is written is read again, all of it, before it gets its name.</summary>
    /// <param name="registry">The registry's file.</param>
    /// <param name="destination">A file that is not there yet.</param>
    /// <param name="cancellationToken">Ends it; then there is no backup.</param>
    /// <exception cref="UsageException">There is no registry, or the destination is taken.</exception>
    /// <exception cref="IOException">It cannot be read whole, or not be written.</exception>
    public static async Task<RegistryBackup> MakeAsync(string registry, string destination, CancellationToken cancellationToken)
    {
        if (!File.Exists(registry))
            throw new UsageException(Say("there is no registry.db in the folder of --data", "--data 指定的目录中没有 registry.db"));
        if (File.Exists(destination))
            throw new UsageException(Say("FILE is there already; a backup replaces nothing", "FILE 已存在；备份不会覆盖任何文件"));
        var unfinished = $"{destination}.unfinished";
        File.Delete(unfinished);
        try
        {
            CreatePrivate(unfinished);
            await CopyAsync(registry, unfinished, cancellationToken);
            var backup = await ReadAsync(unfinished, cancellationToken);
            File.Move(unfinished, destination);
            return backup;
        }
        catch (SqliteException cause)
        {
            throw new IOException(cause.Message, cause);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    /// <summary>It holds the digests of identity numbers: nobody but its owner may read it.</summary>
    private static void CreatePrivate(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        new FileStream(path, options).Dispose();
    }

    private static async Task CopyAsync(string registry, string destination, CancellationToken cancellationToken)
    {
        await using (var source = Open(registry, SqliteOpenMode.ReadWrite))
        {
            await source.OpenAsync(cancellationToken);
            if (await ScalarAsync<long>(source, "PRAGMA application_id", cancellationToken) != ApplicationId)
                throw new UsageException(Say("registry.db in the folder of --data is no registry", "--data 目录中的 registry.db 不是登记系统"));
            await using var copy = source.CreateCommand();

            // One read transaction: what is recorded meanwhile is not in it. It rewrites every page, so damage fails it.
            copy.CommandText = "VACUUM INTO $destination";
            copy.CommandTimeout = 0;
            copy.Parameters.AddWithValue("$destination", destination);
            await copy.ExecuteNonQueryAsync(cancellationToken);
        }
        using var written = File.OpenHandle(destination, FileMode.Open, FileAccess.ReadWrite);
        RandomAccess.FlushToDisk(written);
    }

    private static async Task<RegistryBackup> ReadAsync(string path, CancellationToken cancellationToken)
    {
        await using var backup = Open(path, SqliteOpenMode.ReadOnly);
        await backup.OpenAsync(cancellationToken);
        var check = await ScalarAsync<string>(backup, "PRAGMA integrity_check(1)", cancellationToken);
        if (check != "ok")
            throw new IOException(check);
        return new RegistryBackup(
            await ScalarAsync<string>(backup, "SELECT registry_id FROM registry", cancellationToken),
            await ScalarAsync<long>(backup, "SELECT counter FROM registry", cancellationToken),
            await ScalarAsync<long>(backup, "SELECT count(*) FROM event", cancellationToken),
            new FileInfo(path).Length);
    }

    private static SqliteConnection Open(string path, SqliteOpenMode mode) =>
        new(new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false }.ToString());

    private static async Task<T> ScalarAsync<T>(SqliteConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 0;
        return (T)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
