using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Verification.Caching.Tests.Redis;

/// <summary>A real redis-server of its own on loopback, which can be stopped, frozen and started empty or from a dump.</summary>
internal sealed class RedisServer : ITestRedis
{
    private const string Binary = "/usr/bin/redis-server";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("verification-redis-");
    private readonly string[] _settings;
    private Process? _process;

    private RedisServer(int port, string[] settings)
    {
        Port = port;
        _settings = settings;
    }

    public int Port { get; }

    public string ConnectionString => $"127.0.0.1:{Port},connectTimeout=1000";

    /// <summary>Starts one.</summary>
    /// <param name="why">Why a test needs the real server, where none is installed.</param>
    /// <param name="settings">Settings as on its command line.</param>
    public static async Task<RedisServer> StartNewAsync(string why, params string[] settings)
    {
        Assert.SkipUnless(File.Exists(Binary), $"{Binary} is not installed. {why}");
        var server = new RedisServer(LoopbackPort.Free(), settings);
        try
        {
            await server.StartAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public Task StartAsync() => StartAsync(fromDump: false);

    /// <summary>Starts it from the dump that <see cref="KeepDumpAsync"/> kept.</summary>
    public Task StartFromDumpAsync() => StartAsync(fromDump: true);

    /// <summary>Keeps what it holds, for a later start from it.</summary>
    public async Task KeepDumpAsync()
    {
        await RunAsync("redis-cli", "-p", $"{Port}", "SAVE");
        File.Move(PathOf("dump.rdb"), PathOf("kept.rdb"), overwrite: true);
    }

    /// <inheritdoc/>
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

    /// <summary>Its sockets stay open and nothing answers.</summary>
    public Task FreezeAsync() => SignalAsync("-STOP");

    public Task ThawAsync() => SignalAsync("-CONT");

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _folder.Delete(recursive: true);
    }

    /// <summary>Runs a program to its end.</summary>
    public static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
    }

    private async Task StartAsync(bool fromDump)
    {
        File.Delete(PathOf("dump.rdb"));
        if (fromDump)
        {
            File.Copy(PathOf("kept.rdb"), PathOf("dump.rdb"));
        }

        string[] arguments =
        [
            "--port", $"{Port}", "--bind", "127.0.0.1", "--dir", _folder.FullName, "--save", "", "--appendonly", "no", .. _settings,
        ];
        _process = Process.Start(new ProcessStartInfo(Binary, arguments) { RedirectStandardOutput = true })!;
        _process.OutputDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        await Eventually.TrueAsync(CanConnect, "redis-server did not start.");
    }

    private Task SignalAsync(string signal) => RunAsync("kill", signal, $"{_process!.Id}");

    private string PathOf(string file) => Path.Combine(_folder.FullName, file);

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
