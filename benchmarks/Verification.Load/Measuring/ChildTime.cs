using System.Runtime.InteropServices;

namespace Verification.Load.Measuring;

/// <summary>The processor time of programs that this one started and that have ended: of <c>h2load</c>.</summary>
internal static partial class ChildTime
{
    private const int Children = -1;

    /// <summary>So far; zero where the system does not tell.</summary>
    public static TimeSpan Total
    {
        get
        {
            if (!OperatingSystem.IsLinux() || ReadUsage(Children, out var usage) != 0)
            {
                return TimeSpan.Zero;
            }

            return TimeSpan.FromSeconds(usage.UserSeconds + usage.SystemSeconds)
                + TimeSpan.FromMicroseconds(usage.UserMicroseconds + usage.SystemMicroseconds);
        }
    }

    [LibraryImport("libc", EntryPoint = "getrusage")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int ReadUsage(int who, out Usage usage);

    [StructLayout(LayoutKind.Sequential, Size = 144)]
    private struct Usage
    {
        public nint UserSeconds;
        public nint UserMicroseconds;
        public nint SystemSeconds;
        public nint SystemMicroseconds;
    }
}
