using System.Runtime.InteropServices;

namespace Verification.Audit.Files;

/// <summary>Brings a folder's entries to the disk: a file that was flushed is otherwise there, but perhaps without its name.</summary>
internal static partial class FolderSync
{
    private const int ReadOnly = 0;

    /// <summary>Brings the entry of a file to the disk. Does nothing but on Linux.</summary>
    /// <exception cref="IOException">It could not.</exception>
    public static void Flush(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var folder = Open(Path.GetDirectoryName(Path.GetFullPath(path))!, ReadOnly);
        if (folder < 0)
        {
            throw Failure(path);
        }

        var flushed = Sync(folder);
        var failure = flushed == 0 ? null : Failure(path);
        _ = Close(folder);
        if (failure is not null)
        {
            throw failure;
        }
    }

    private static IOException Failure(string path) =>
        new($"The folder of '{path}' cannot be brought to the disk: {Marshal.GetLastPInvokeErrorMessage()}.");

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Sync(int file);

    [LibraryImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int file);
}
