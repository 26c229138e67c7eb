using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Verification.TestSupport;

/// <summary>A redis-server process, or none at the moment, on a port of loopback and in a folder of its own.</summary>
internal sealed class RedisProcess : IAsyncDisposable
{
    private const string Binary = "/usr/bin/redis-server";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("verification-redis-");
    private Process? _process;

    public RedisProcess() => Assert.SkipUnless(
        File.Exists(Binary),
        $"{Binary} is not installed. What needs no process of its own (to freeze, to start from a dump, with other settings) runs on Garnet too.");

    public int Port { get; } = LoopbackPort.Free();

    public string Folder => _folder.FullName;

    public string PathOf(string file) => Path.Combine(Folder, file);

    /// <summary>Starts it and waits until it listens.</summary>
    public async Task StartAsync(IEnumerable<string> arguments)
    {
        _process = Process.Start(new ProcessStartInfo(Binary, arguments) { RedirectStandardOutput = true })!;
        _process.OutputDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        await Eventually.TrueAsync(CanConnect, "redis-server did not start.");
    }

    /// <summary>Ends it at once.</summary>
    public async Task StopAsync()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process?.Dispose();
        _process = null;
    }

    public Task SignalAsync(string signal) => RunAsync("kill", signal, $"{_process!.Id}");

    /// <summary>Runs a program to its end.</summary>
    /// <returns>What it printed.</returns>
    public static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30), TimeProvider.System);
        try
        {
            var printed = await process.StandardOutput.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return printed;
        }
        catch (OperationCanceledException)
        {
            // A frozen server would keep it, and the test, for ever.
            process.Kill();
            throw new TimeoutException($"{program} did not end within 30 s.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _folder.Delete(recursive: true);
    }

    private bool CanConnect()
    {
        try
        {
            using var client = new TcpClient();
            client.Connect(IPAddress.Loopback, Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
