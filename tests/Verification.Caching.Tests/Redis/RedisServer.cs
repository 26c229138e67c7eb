using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Verification.Caching.Tests.Redis;

/// <summary>A real redis-server of its own on loopback, which can be stopped, frozen and started empty.</summary>
internal sealed class RedisServer : IAsyncDisposable
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

    public static async Task<RedisServer> StartAsync(params string[] settings)
    {
        Assert.SkipUnless(File.Exists(Binary), $"{Binary} is not installed.");
        var server = new RedisServer(FreePort(), settings);
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

    /// <summary>Starts it, empty or from the dump that <see cref="KeepDumpAsync"/> kept.</summary>
    public async Task StartAsync(bool fromDump = false)
    {
        File.Delete(PathOf("dump.rdb"));
        if (fromDump && File.Exists(PathOf("kept.rdb")))
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

    /// <summary>Keeps what it holds, for a later start from it.</summary>
    public async Task KeepDumpAsync()
    {
        await RunAsync("redis-cli", "-p", $"{Port}", "SAVE");
        File.Move(PathOf("dump.rdb"), PathOf("kept.rdb"), overwrite: true);
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

    /// <summary>Its sockets stay open and nothing answers.</summary>
    public Task FreezeAsync() => SignalAsync("-STOP");

    public Task ThawAsync() => SignalAsync("-CONT");

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _folder.Delete(recursive: true);
    }

    /// <summary>A free port; the one 10,000 above, for a cluster's bus, is free too. Both below what the system gives out.</summary>
    private static int FreePort()
    {
        int port;
        do
        {
            port = Random.Shared.Next(10_000, 20_000);
        }
        while (!IsFree(port) || !IsFree(port + 10_000));

        return port;
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>Runs a program to its end.</summary>
    public static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
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
