using System.Runtime.InteropServices;

namespace Verification.Audit.Storing.Copies;

/// <summary>
/// Work that must not take the processor from answers, as packing does: on a thread of its own, which Linux gives less of the processor than
/// others. On a machine that has none to spare it is copies that fall behind.
/// </summary>
internal static partial class QuietWork
{
    // A third of the weight of any other thread: enough to keep up where there is room, and not nothing where there is none.
    private const int Niceness = 5;
    private const int OfThread = 0;

    /// <summary>Runs work.</summary>
    /// <param name="work">It runs to its end once begun.</param>
    /// <param name="cancellationToken">Ends the caller's wait, not the work.</param>
    public static async Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        var running = Task.Factory.StartNew(() => Quietly(work), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        return await running.WaitAsync(cancellationToken);
    }

    private static T Quietly<T>(Func<T> work)
    {
        if (OperatingSystem.IsLinux())
        {
            // The thread ends with its work. Where the system refuses it is a thread like any other.
            _ = SetPriority(OfThread, 0, Niceness);
        }

        return work();
    }

    [LibraryImport("libc", EntryPoint = "setpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetPriority(int which, int who, int priority);
}
