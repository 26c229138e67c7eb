using Garnet;

namespace Verification.Caching.Tests.Redis;

/// <summary>Microsoft Garnet inside the test's process: it speaks Redis' protocol and needs nothing installed.</summary>
internal sealed class GarnetRedis : ITestRedis
{
    private readonly int _port = LoopbackPort.Free();
    private GarnetServer? _server;

    private GarnetRedis()
    {
    }

    public string ConnectionString => $"127.0.0.1:{_port},connectTimeout=1000";

    public static async Task<GarnetRedis> StartNewAsync()
    {
        var garnet = new GarnetRedis();
        await garnet.StartAsync();
        return garnet;
    }

    public Task StartAsync()
    {
        // Small, as the default takes gigabytes; quiet, as it would greet on the test's output.
        _server = new GarnetServer(
            ["--port", $"{_port}", "--bind", "127.0.0.1", "--memory", "16m", "--page", "1m", "--index", "1m", "-q"]);
        _server.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync()
    {
        _server?.Dispose();
        _server = null;
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync() => await StopAsync();
}
