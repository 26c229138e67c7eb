using System.Diagnostics;
using System.Text.RegularExpressions;
using Verification.Client;

namespace Verification.EndToEnd.Tests;

/// <summary>The demo service in a process of its own, on ports of its own.</summary>
internal sealed partial class DemoServer : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Task _rest;

    private DemoServer(Process process, string greeting)
    {
        _process = process;
        Greeting = greeting;
        Address = GrpcLine().Match(greeting).Groups[1].Value;
        Client = new PermitVerificationClient(new PermitVerificationOptions { Address = new Uri(Address), ApiKey = "demo-authority" });

        // What a process writes must be read, or it waits.
        _rest = Task.WhenAll(_process.StandardOutput.ReadToEndAsync(), _process.StandardError.ReadToEndAsync());
    }

    /// <summary>What the service printed until it was ready.</summary>
    public string Greeting { get; }

    public string Address { get; }

    /// <summary>A permit that is valid, from the greeting.</summary>
    public string ValidPermit => ValidLine().Match(Greeting).Groups[1].Value;

    public PermitVerificationClient Client { get; }

    /// <summary>Starts it.</summary>
    /// <param name="dataDirectory">The folder of the registry, which several may share.</param>
    /// <param name="auditFolder">The folder of its audit log, its alone; null means the default, in the folder of the registry.</param>
    public static async Task<DemoServer> StartAsync(string dataDirectory, string? auditFolder = null)
    {
        var process = Programs.Start(
            "server",
            "--demo",
            "--Kestrel:Endpoints:Grpc:Url=http://127.0.0.1:0",
            "--Kestrel:Endpoints:Http:Url=http://127.0.0.1:0",
            $"--Verification:DataDirectory={dataDirectory}",
            $"--Verification:Audit:Folder={auditFolder ?? Path.Combine(dataDirectory, "audit")}");
        var greeting = string.Empty;
        while (!greeting.Contains("Next:", StringComparison.Ordinal))
        {
            var line = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
            greeting += (line ?? throw new InvalidOperationException($"The service ended: {greeting}{await process.StandardError.ReadToEndAsync()}")) + "\n";
        }

        return new DemoServer(process, greeting);
    }

    /// <summary>The CPU time that the process has used.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Ends the process as <c>kill -9</c> does.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        await _rest;
    }

    /// <summary>Ends the process as an operator does, by SIGTERM.</summary>
    public async Task StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await _process.WaitForExitAsync();
        await _rest;
        Assert.Equal(0, _process.ExitCode);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    /// <summary>What the service says of whether it is ready.</summary>
    public async Task<string> ReadyAsync()
    {
        using var http = new HttpClient();
        using var ready = await http.GetAsync(new Uri(new Uri(HttpLine().Match(Greeting).Groups[1].Value), "/health/ready"), TestContext.Current.CancellationToken);
        return await ready.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    [GeneratedRegex(@"Grpc\s+(http://\S+)")]
    private static partial Regex GrpcLine();

    [GeneratedRegex(@"Http\s+(http://\S+)")]
    private static partial Regex HttpLine();

    [GeneratedRegex(@"^  (\w+)  \w+: VALID", RegexOptions.Multiline)]
    private static partial Regex ValidLine();
}
