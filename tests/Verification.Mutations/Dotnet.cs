using System.Diagnostics;

namespace Verification.Mutations;

/// <summary>Runs the dotnet command.</summary>
internal static class Dotnet
{
    /// <summary>The exit code and what was written; no exit code when it was ended before it ended itself.</summary>
    /// <param name="arguments">The command's.</param>
    /// <param name="limit">The longest that it may run.</param>
    /// <param name="isEnough">Told each line of the output: true ends the command.</param>
    public static async Task<(int? Code, string Output)> RunAsync(
        IEnumerable<string> arguments, TimeSpan limit, Func<string, bool>? isEnough = null)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        using var timeout = new CancellationTokenSource(limit, TimeProvider.System);
        List<string> output = [];
        try
        {
            while (await process.StandardOutput.ReadLineAsync(timeout.Token) is { } line)
            {
                output.Add(line);
                if (isEnough?.Invoke(line) ?? false)
                {
                    await timeout.CancelAsync();
                }
            }

            await process.WaitForExitAsync(timeout.Token);
            return (process.ExitCode, string.Join('\n', output));
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            return (null, string.Join('\n', output));
        }
    }
}
