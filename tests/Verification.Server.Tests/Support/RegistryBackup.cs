using Microsoft.Data.Sqlite;

namespace Verification.Server.Tests.Support;

/// <summary>A backup of the registry in a folder, as an operator makes it: with SQLite's own means, while the service runs.</summary>
internal sealed class RegistryBackup(string folder)
{
    private string Registry => Path.Combine(folder, "registry.db");

    private string Copy => Path.Combine(folder, "copy.db");

    public static RegistryBackup Of(string folder)
    {
        var backup = new RegistryBackup(folder);
        Write(backup.Registry, backup.Copy);
        return backup;
    }

    /// <summary>Puts it back while nodes have the registry open, as a database server does.</summary>
    public void RestoreInPlace() => Write(Copy, Registry);

    /// <summary>Puts it back as a file, when no node runs.</summary>
    public void RestoreFile()
    {
        SqliteConnection.ClearAllPools();
        File.Delete($"{Registry}-wal");
        File.Delete($"{Registry}-shm");
        File.Copy(Copy, Registry, overwrite: true);
    }

    private static void Write(string from, string to)
    {
        using var source = Open(from);
        using var target = Open(to);
        source.BackupDatabase(target);
    }

    private static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        return connection;
    }
}
