namespace Verification.TestSupport;

/// <summary>A real redis-server of its own on loopback, which can be stopped, frozen and started empty or from a dump.</summary>
public sealed class RedisServer : ITestRedis
{
    private readonly RedisProcess _process = new();
    private readonly string[] _settings;

    private RedisServer(string[] settings) => _settings = settings;

    /// <summary>Its port; with <c>--tls-port</c> among its settings, the only one that it listens on.</summary>
    public int Port => _process.Port;

    public string ConnectionString => $"127.0.0.1:{Port},connectTimeout=1000";

    /// <summary>Starts one; skips the test where Redis is not installed.</summary>
    /// <param name="settings">Further settings, as on the command line. <c>{port}</c> stands for its port.</param>
    public static async Task<RedisServer> StartNewAsync(params string[] settings)
    {
        var server = new RedisServer(settings);
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
        await AskAsync("SAVE");
        File.Move(_process.PathOf("dump.rdb"), _process.PathOf("kept.rdb"), overwrite: true);
    }

    /// <summary>Gives it a command in clear, as its default user.</summary>
    /// <returns>Its answer.</returns>
    public async Task<string> AskAsync(params string[] command) =>
        (await RunAsync("redis-cli", ["-p", $"{Port}", .. command])).TrimEnd();

    /// <inheritdoc/>
    public Task StopAsync() => _process.StopAsync();

    /// <summary>Its sockets stay open and nothing answers.</summary>
    public Task FreezeAsync() => _process.SignalAsync("-STOP");

    public Task ThawAsync() => _process.SignalAsync("-CONT");

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    /// <summary>Runs a program to its end.</summary>
    /// <returns>What it printed.</returns>
    public static Task<string> RunAsync(string program, params string[] arguments) => RedisProcess.RunAsync(program, arguments);

    private Task StartAsync(bool fromDump)
    {
        File.Delete(_process.PathOf("dump.rdb"));
        if (fromDump)
        {
            File.Copy(_process.PathOf("kept.rdb"), _process.PathOf("dump.rdb"));
        }

        return _process.StartAsync(
        [
            "--port", $"{Port}", "--bind", "127.0.0.1", "--dir", _process.Folder, "--save", "", "--appendonly", "no",
            .. _settings.Select(setting => setting.Replace("{port}", $"{Port}", StringComparison.Ordinal)),
        ]);
    }
}
