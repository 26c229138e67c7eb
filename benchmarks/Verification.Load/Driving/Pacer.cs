using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Verification.Load.Driving;

/// <summary>
/// Waits for a time to some microseconds. The framework's own waits are good to a millisecond, and a client that spins would take the core
/// that the server needs.
/// </summary>
internal static partial class Pacer
{
    private const int MonotonicClock = 1;
    private const int AbsoluteTime = 1;
    private const int SetTimerSlack = 29;

    /// <summary>Makes the thread's waits exact, where the system can.</summary>
    public static void Begin()
    {
        if (OperatingSystem.IsLinux())
        {
            _ = SetProcessControl(SetTimerSlack, 1, 0, 0, 0);
        }
    }

    /// <summary>Waits until a time of <see cref="Stopwatch"/>'s clock; not at all where it is past.</summary>
    public static void WaitUntil(long timestamp)
    {
        while (Stopwatch.GetTimestamp() < timestamp)
        {
            if (OperatingSystem.IsLinux())
            {
                // There the Stopwatch counts the nanoseconds of the monotonic clock.
                var (seconds, nanoseconds) = Math.DivRem(timestamp, Stopwatch.Frequency);
                var until = new TimeSpec { Seconds = (nint)seconds, Nanoseconds = (nint)nanoseconds };
                _ = SleepUntil(MonotonicClock, AbsoluteTime, in until, 0);
            }
            else
            {
                Thread.SpinWait(50);
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "clock_nanosleep")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SleepUntil(int clock, int flags, in TimeSpec until, nint remaining);

    [LibraryImport("libc", EntryPoint = "prctl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetProcessControl(int option, nuint first, nuint second, nuint third, nuint fourth);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
