using Microsoft.Win32.SafeHandles;

namespace Verification.Audit.Files;

/// <summary>The files of the machine: memory-mapped, their room taken beforehand.</summary>
public sealed class AuditFiles : IAuditFiles
{
    private const FileShare Shared = FileShare.ReadWrite | FileShare.Delete;

    /// <inheritdoc/>
    public IAuditFile Create(string path, int length)
    {
        var handle = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, Shared);
        try
        {
            var file = Map(handle, path, length);
            FolderSync.Flush(path);
            return file;
        }
        catch
        {
            handle.Dispose();
            File.Delete(path);
            throw;
        }
    }

    /// <inheritdoc/>
    public IAuditFile Open(string path, int length)
    {
        var handle = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, Shared);
        try
        {
            return Map(handle, path, Math.Max(length, checked((int)RandomAccess.GetLength(handle))));
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Write(string path, ReadOnlySpan<byte> bytes)
    {
        var made = path + ".new";
        using (var handle = File.OpenHandle(made, FileMode.Create, FileAccess.Write))
        {
            RandomAccess.Write(handle, bytes, 0);
            RandomAccess.FlushToDisk(handle);
        }

        File.Move(made, path, overwrite: true);
        FolderSync.Flush(path);
    }

    /// <inheritdoc/>
    public void Delete(string path)
    {
        File.Delete(path);
        FolderSync.Flush(path);
    }

    private static MappedFile Map(SafeFileHandle handle, string path, int length)
    {
        DiskRoom.Take(handle, path, length);
        return new MappedFile(handle, length);
    }
}
