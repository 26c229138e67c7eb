using System.Diagnostics;
using System.Globalization;
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
        Assert.StartsWith("{\"lines_read\":\"0\",", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Process_BadUsage_Exits1()
    {
        await using var cli = await CommandLine.StartAsync();

        var (exitCode, output, error) = await RunAsync(cli, input: "", "verify");

        Assert.Equal((ExitCode.BadInput, ""), (exitCode, output));
        Assert.StartsWith("error: ", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ExitCode.CouldNotTell, "--help", ">/dev/full")]
    [InlineData(ExitCode.CouldNotTell, "--help", ">&-")]
    [InlineData(ExitCode.CouldNotTell, "verify BJ2024000017", ">/dev/full")]
    [InlineData(ExitCode.CouldNotTell, "verify BJ2024000017", "<&- >&- 2>&-")]
    [InlineData(ExitCode.Answered, "verify BJ2024000017", ">/dev/null <&- 2>&-")]
    [InlineData(ExitCode.BadInput, "verify", "2>&-")]
    [InlineData(ExitCode.BadInput, "verify", "2>/dev/full")]
    [InlineData(ExitCode.BadInput, "import -", "<&-")]
    [InlineData(ExitCode.BadInput, "registry restored", "<&-")]
    public async Task Process_StreamFullOrClosed_EndsInOrder(int exitCode, string command, string streams)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The streams are closed by a shell, and found closed in /proc.");
        await using var cli = await CommandLine.StartAsync();
        cli.Script.Verify = _ => Samples.Valid();
        var start = new ProcessStartInfo("/bin/sh", ["-c", $"exec dotnet '{Program}' {command} {streams}"]);
        start.Environment["VERIFICATION_ADDRESS"] = cli.Address.ToString();
        using var process = Process.Start(start)!;

        await process.WaitForExitAsync(Token).WaitAsync(TimeSpan.FromSeconds(60), Token);

        Assert.Equal(exitCode, process.ExitCode);
    }

    [Fact]
    public async Task Process_InterruptedWhileNobodyReads_Ends()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are sent with kill.");
        Assert.SkipWhen(InterruptIsIgnored(), "The tests were started with SIGINT ignored, as a shell starts what runs in its background.");
        await using var cli = await CommandLine.StartAsync();
        cli.Script.Permit = _ =>
        {
            var history = Samples.History();
            // More than a pipe holds.
            history.Events.AddRange(Enumerable.Repeat(history.Events, 1_000).SelectMany(events => events).ToArray());
            return history;
        };
        using var process = Start(cli, "history", "BJ2024000017");
        await process.StandardOutput.BaseStream.ReadExactlyAsync(new byte[1], Token);

        using (var kill = Process.Start("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)]))
            await kill.WaitForExitAsync(Token);

        await process.WaitForExitAsync(Token).WaitAsync(TimeSpan.FromSeconds(60), Token);
        Assert.Equal(ExitCode.CouldNotTell, process.ExitCode);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>What a process ignores all that it starts ignores too.</summary>
    private static bool InterruptIsIgnored()
    {
        const string ignored = "SigIgn:";
        const ulong interrupt = 1 << 1;
        return OperatingSystem.IsLinux()
            && File.ReadLines("/proc/self/status").First(line => line.StartsWith(ignored, StringComparison.Ordinal)) is var line
            && (ulong.Parse(line[ignored.Length..].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) & interrupt) != 0;
    }

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(CommandLine cli, string input, params string[] args)
    {
        using var process = Start(cli, args);
        var output = process.StandardOutput.ReadToEndAsync(Token);
        var error = process.StandardError.ReadToEndAsync(Token);
        await process.StandardInput.WriteAsync(input.AsMemory(), Token);
        process.StandardInput.Close();
        await process.WaitForExitAsync(Token);
        return (process.ExitCode, await output, await error);
    }

    private static Process Start(CommandLine cli, params string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [Program, .. args])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        start.Environment["VERIFICATION_ADDRESS"] = cli.Address.ToString();
        return Process.Start(start)!;
    }
}
