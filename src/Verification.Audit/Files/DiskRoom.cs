using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Verification.Audit.Files;

/// <summary>Takes room on the disk before anything is stored there, so that a full disk is met here and nowhere else.</summary>
internal static partial class DiskRoom
{
    private const int Interrupted = 4;
    private const int NoSpace = 28;
    private const int Unsupported = 95;
    private const int QuotaExceeded = 122;
    private const int ChunkSize = 1 << 20;

    /// <summary>Takes the room of a file, and lengthens it to that where it is shorter.</summary>
    /// <exception cref="IOException">There is not as much.</exception>
    public static void Take(SafeFileHandle handle, string path, int length)
    {
        if (!OperatingSystem.IsLinux())
        {
            FillUp(handle, length);
            return;
        }

        int error;
        do
        {
            error = PosixFallocate(handle, 0, length);
        }
        while (error == Interrupted);

        if (error == Unsupported)
        {
            FillUp(handle, length);
        }
        else if (error != 0)
        {
            throw new IOException(error is NoSpace or QuotaExceeded
                ? $"The disk is full: there is no room for {length} bytes at '{path}'."
                : $"No room can be taken for '{path}': {Marshal.GetPInvokeErrorMessage(error)}.");
        }
    }

    /// <summary>Real zeros from where the file ends, for systems that cannot promise room otherwise.</summary>
    private static void FillUp(SafeFileHandle handle, int length)
    {
        var zeros = new byte[ChunkSize];
        for (var at = RandomAccess.GetLength(handle); at < length; at += ChunkSize)
        {
            RandomAccess.Write(handle, zeros.AsSpan(0, (int)Math.Min(ChunkSize, length - at)), at);
        }

        RandomAccess.FlushToDisk(handle);
    }

    [LibraryImport("libc", EntryPoint = "posix_fallocate")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int PosixFallocate(SafeFileHandle file, long offset, long length);
}
