using System.Diagnostics;
using Verification.Load.Servers;

namespace Verification.Load.Commands;

/// <summary>What is measured.</summary>
internal static class Repository
{
    /// <summary>The commit, with a plus where files were changed; <c>unknown</c> without git.</summary>
    public static async Task<string> CommitAsync()
    {
        try
        {
            var commit = await GitAsync("rev-parse", "--short=12", "HEAD");
            return commit + (await GitAsync("status", "--porcelain", "--untracked-files=no") is "" ? string.Empty : "+");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "unknown";
        }
    }

    private static async Task<string> GitAsync(params string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", ["-C", Files.Repository, .. arguments]) { RedirectStandardOutput = true })!;
        var output = await git.StandardOutput.ReadToEndAsync();
        await git.WaitForExitAsync();
        return output.Trim();
    }
}
