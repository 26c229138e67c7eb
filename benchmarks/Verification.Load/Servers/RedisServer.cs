using System.Diagnostics;
using System.Globalization;

namespace Verification.Load.Servers;

/// <summary>A <c>redis-server</c> of its own, that keeps nothing on disk.</summary>
internal sealed class RedisServer : IAsyncDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);

    private readonly Process _process;

    private RedisServer(Process process, int port)
    {
        _process = process;
        Endpoint = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}");
    }

    /// <summary>Where it is, as a connection string has it.</summary>
    public string Endpoint { get; }

    /// <summary>Starts one; null where it is not installed.</summary>
    public static async Task<RedisServer?> StartAsync()
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(':').Select(folder => Path.Combine(folder, "redis-server")).FirstOrDefault(File.Exists);
        if (path is null)
        {
            return null;
        }

        var port = LoopbackPort.Free();
        var start = new ProcessStartInfo(
            path, ["--port", port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        var process = Process.Start(start)!;
        _ = new LastLines(process);
        while (!await LoopbackPort.AnswersAsync(port))
        {
            await Task.Delay(Look, TimeProvider.System);
        }

        return new RedisServer(process, port);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
