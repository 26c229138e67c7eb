using System.Diagnostics;
using System.Reflection;
using System.Text;
using Verification.Cli.Shell;
using Verification.Cli.Tests.Support;

namespace Verification.Cli.Tests.Shell;

/// <summary>The built permitctl, as a shell starts it.</summary>
public sealed class ProcessTests
{
    private static readonly string Program = typeof(ProcessTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "permitctl").Value!;

    [Fact]
    public async Task Process_VerifyThroughPipes_PrintsPlainUtf8()
    {
        await using var cli = await CommandLine.StartAsync();
        cli.Script.Verify = _ => Samples.Valid();

        var (exitCode, output, error) = await RunAsync(cli, input: "", "verify", "BJ2024000017");

        Assert.Equal((ExitCode.Answered, ""), (exitCode, error));
        Assert.StartsWith("Permit ", output, StringComparison.Ordinal);
        Assert.Contains("VALID 有效", output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', output);
    }

    [Fact]
    public async Task Process_ImportFromAPipe_SendsItAll()
    {
        await using var cli = await CommandLine.StartAsync();
        var bytes = 0;
        cli.Script.Import = async (requests, _, cancellationToken) =>
        {
            while (await requests.MoveNext(cancellationToken))
                bytes += requests.Current.Ndjson.Length;
        };

        var (exitCode, output, _) = await RunAsync(cli, input: new string('x', 300_000), "import", "-", "--json");

        Assert.Equal((ExitCode.Answered, 300_000), (exitCode, bytes));
        Assert.StartsWith("{\"lines_read\":0,", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Process_BadUsage_Exits1()
    {
        await using var cli = await CommandLine.StartAsync();

        var (exitCode, output, error) = await RunAsync(cli, input: "", "verify");

        Assert.Equal((ExitCode.BadInput, ""), (exitCode, output));
        Assert.StartsWith("error: ", error, StringComparison.Ordinal);
    }

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(CommandLine cli, string input, params string[] args)
    {
        var token = TestContext.Current.CancellationToken;
        var start = new ProcessStartInfo("dotnet", [Program, .. args])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        start.Environment["VERIFICATION_ADDRESS"] = cli.Address.ToString();
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(token);
        var error = process.StandardError.ReadToEndAsync(token);
        await process.StandardInput.WriteAsync(input.AsMemory(), token);
        process.StandardInput.Close();
        await process.WaitForExitAsync(token);
        return (process.ExitCode, await output, await error);
    }
}
