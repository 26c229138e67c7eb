namespace Verification.Audit.Files;

/// <summary>The exclusive right to write in a folder, held as long as the process lives or until it is given up.</summary>
internal sealed class FolderLock : IDisposable
{
    // Of all errors, the one that says that the file is locked.
    private const int LinuxHeld = 11;
    private const int MacHeld = 35;
    private const int WindowsHeld = unchecked((int)0x8007_0020);

    private readonly FileStream _file;

    private FolderLock(FileStream file) => _file = file;

    /// <summary>Takes a folder.</summary>
    /// <exception cref="AuditFolderInUseException">Another has it.</exception>
    /// <exception cref="IOException">The disk is full, or fails.</exception>
    public static FolderLock Take(string folder)
    {
        try
        {
            return new FolderLock(new FileStream(Path.Combine(folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException exception) when (exception.HResult is LinuxHeld or MacHeld or WindowsHeld)
        {
            throw new AuditFolderInUseException(folder, exception);
        }
    }

    public void Dispose() => _file.Dispose();
}
