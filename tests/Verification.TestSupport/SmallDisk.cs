using System.Diagnostics;

namespace Verification.TestSupport;

/// <summary>A real disk of half a megabyte, in memory.</summary>
public sealed class SmallDisk : IDisposable
{
    private SmallDisk(string path) => Path = path;

    /// <summary>Where it is mounted.</summary>
    public string Path { get; }

    private string Filler => System.IO.Path.Combine(Path, "filler");

    /// <summary>Null where that is not allowed.</summary>
    public static SmallDisk? TryMount()
    {
        var path = Directory.CreateTempSubdirectory("disk-").FullName;
        if (OperatingSystem.IsLinux() && Run("mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", path))
        {
            return new SmallDisk(path);
        }

        Directory.Delete(path);
        return null;
    }

    /// <summary>Leaves no room.</summary>
    public void Fill()
    {
        using var filler = File.Create(Filler);
        try
        {
            for (var page = new byte[4_096]; ;)
            {
                filler.Write(page);
                filler.Flush(flushToDisk: true);
            }
        }
        catch (IOException)
        {
            // Full.
        }
    }

    /// <summary>Makes room again.</summary>
    public void Clear() => File.Delete(Filler);

    /// <inheritdoc/>
    public void Dispose()
    {
        Run("umount", Path);
        Directory.Delete(Path);
    }

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
