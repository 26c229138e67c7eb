using System.Runtime.InteropServices;

namespace Verification.Storage.Sqlite;

/// <summary>Which file a path leads to: its device and inode. Linux only.</summary>
/// <param name="Device">The device, major and minor number.</param>
/// <param name="Inode">The file on it.</param>
internal readonly partial record struct FileIdentity(ulong Device, ulong Inode)
{
    private const int CurrentFolder = -100;
    private const uint WantsInode = 0x100;

    /// <summary>The file that a path leads to now; null where it leads to none that can be told.</summary>
    public static FileIdentity? Of(string path) =>
        StatX(CurrentFolder, path, 0, WantsInode, out var found) == 0
            ? new FileIdentity(((ulong)found.DeviceMajor << 32) | found.DeviceMinor, found.Inode)
            : null;

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int StatX(int folder, string path, int flags, uint mask, out Found found);

    /// <summary>The kernel's <c>struct statx</c>, which is laid out alike on every processor; <c>struct stat</c> is not.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Found
    {
        [FieldOffset(32)]
        public ulong Inode;

        [FieldOffset(136)]
        public uint DeviceMajor;

        [FieldOffset(140)]
        public uint DeviceMinor;
    }
}
