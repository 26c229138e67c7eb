using System.Diagnostics;
using System.Reflection;

namespace Verification.EndToEnd.Tests;

/// <summary>Starts the programs as users do: as processes of their own.</summary>
internal static class Programs
{
    /// <summary>Starts a program by its name in this project's metadata.</summary>
    public static Process Start(string name, params string[] arguments) => Start(name, new Dictionary<string, string>(), arguments);

    /// <summary>Starts a program with a home folder of its own.</summary>
    public static Process Start(string name, string home, string[] arguments) =>
        Start(name, new Dictionary<string, string> { ["HOME"] = home }, arguments);

    /// <summary>Starts a program with variables of its own beside those of this process.</summary>
    public static Process Start(string name, IReadOnlyDictionary<string, string> environment, string[] arguments)
    {
        var path = typeof(Programs).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(entry => entry.Key == name).Value!;
        var start = new ProcessStartInfo("dotnet", [path, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var (variable, value) in environment)
        {
            start.Environment[variable] = value;
        }

        return Process.Start(start) ?? throw new InvalidOperationException($"{name} did not start.");
    }

    /// <summary>Runs permitctl to its end.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> PermitCtlAsync(params string[] arguments)
    {
        using var process = Start("permitctl", arguments);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output, await errors);
    }
}
