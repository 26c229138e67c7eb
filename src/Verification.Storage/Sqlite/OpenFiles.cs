using Verification.Core.Registry;

namespace Verification.Storage.Sqlite;

/// <summary>
/// The files that the registry has open: the database, its log and the log's index. Linux lets others delete, move or replace them
/// meanwhile; what is committed then goes into files without a name. Windows forbids it, and nothing is looked at there.
/// </summary>
internal sealed class OpenFiles
{
    private static readonly string[] Suffixes = ["", "-wal", "-shm"];

    private readonly (string Path, FileIdentity? Identity)[] _files;

    /// <summary>The files at a path, which must be open.</summary>
    public OpenFiles(string databasePath) =>
        _files = OperatingSystem.IsLinux()
            ? [.. Suffixes.Select(suffix => databasePath + suffix).Select(path => (path, FileIdentity.Of(path)))]
            : [];

    /// <summary>Makes sure that each path still leads to the file that is open. A few microseconds.</summary>
    /// <exception cref="RegistryReplacedException">One does not.</exception>
    public void Check()
    {
        foreach (var (path, identity) in _files)
        {
            var now = FileIdentity.Of(path);
            if (now != identity)
            {
                throw new RegistryReplacedException(
                    $"The file '{path}' was {(now is null ? "deleted or moved" : "replaced")} while the registry was open. "
                    + "Nothing is recorded until it is back, or the service is started again on the right file.");
            }
        }
    }

    /// <summary>
    /// Works on the files. What came out counts only where they were not replaced meanwhile; and if they were, that is the failure to tell.
    /// </summary>
    public T Guard<T>(Func<T> work)
    {
        T result;
        try
        {
            result = work();
        }
        catch (Exception exception) when (SqliteFaults.IsFault(exception))
        {
            Check();
            throw;
        }

        Check();
        return result;
    }
}
