using System.Globalization;
using System.Runtime.InteropServices;

namespace Verification.Load.Results;

/// <summary>Where a result was taken. No name: only what the figures depend on.</summary>
/// <param name="Processor">The processor's model.</param>
/// <param name="Cores">How many cores.</param>
/// <param name="System">The operating system.</param>
/// <param name="Runtime">The .NET runtime.</param>
/// <param name="BusyBefore">The load of the machine before the run, in cores over the last minute: 0 on a quiet one.</param>
internal sealed record Machine(string Processor, int Cores, string System, string Runtime, double BusyBefore)
{
    /// <summary>This machine, now.</summary>
    public static Machine This() => new(
        Lines("/proc/cpuinfo").Where(line => line.StartsWith("model name", StringComparison.Ordinal)).Select(line => line[(line.IndexOf(':') + 2)..]).FirstOrDefault("unknown"),
        Environment.ProcessorCount,
        RuntimeInformation.OSDescription,
        RuntimeInformation.FrameworkDescription,
        Lines("/proc/loadavg").Select(line => double.Parse(line.Split(' ')[0], CultureInfo.InvariantCulture)).FirstOrDefault());

    private static IEnumerable<string> Lines(string path) => File.Exists(path) ? File.ReadLines(path) : [];
}
