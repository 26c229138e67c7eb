namespace Verification.Audit.Files;

/// <summary>The exclusive right to write in a folder, held as long as the process lives or until it is given up.</summary>
internal sealed class FolderLock : IDisposable
{
    private readonly FileStream _file;

    private FolderLock(FileStream file) => _file = file;

    /// <summary>Takes a folder.</summary>
    /// <exception cref="AuditFolderInUseException">Another has it.</exception>
    public static FolderLock Take(string folder)
    {
        try
        {
            return new FolderLock(new FileStream(Path.Combine(folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException exception) when (exception is not (DirectoryNotFoundException or FileNotFoundException))
        {
            throw new AuditFolderInUseException(folder, exception);
        }
    }

    public void Dispose() => _file.Dispose();
}
