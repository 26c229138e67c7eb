namespace Verification.TestSupport;

/// <summary>A real Redis Sentinel on loopback that watches one master by itself and puts a replica in its place when it is lost.</summary>
public sealed class RedisSentinel : IAsyncDisposable
{
    private readonly RedisProcess _process = new();

    private RedisSentinel(string service) => Service = service;

    /// <summary>The name that it knows the master by.</summary>
    public string Service { get; }

    /// <summary>The standard form: Sentinels with the service's name.</summary>
    public string ConnectionString => $"127.0.0.1:{_process.Port},serviceName={Service},connectTimeout=1000";

    /// <summary>Starts one. It takes the master for lost after half a second.</summary>
    public static async Task<RedisSentinel> StartAsync(string service, RedisServer master)
    {
        var sentinel = new RedisSentinel(service);
        try
        {
            var file = sentinel._process.PathOf("sentinel.conf");
            await File.WriteAllLinesAsync(
                file,
                [
                    $"port {sentinel._process.Port}",
                    "bind 127.0.0.1",
                    $"dir {sentinel._process.Folder}",
                    $"sentinel monitor {service} 127.0.0.1 {master.Port} 1",
                    $"sentinel down-after-milliseconds {service} 500",
                    $"sentinel failover-timeout {service} 3000",
                ]);
            await sentinel._process.StartAsync([file, "--sentinel"]);
            return sentinel;
        }
        catch
        {
            await sentinel.DisposeAsync();
            throw;
        }
    }

    /// <summary>Whether it knows so many replicas of the master.</summary>
    public async Task<bool> KnowsReplicasAsync(int count) =>
        (await AskAsync("SENTINEL", "REPLICAS", Service)).Split('\n').Count(line => line.Trim() == "runid") == count;

    /// <summary>The port of the server that it takes for the master.</summary>
    public async Task<string> MasterPortAsync() => (await AskAsync("SENTINEL", "GET-MASTER-ADDR-BY-NAME", Service)).Split('\n')[^1].Trim();

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private async Task<string> AskAsync(params string[] command) =>
        (await RedisProcess.RunAsync("redis-cli", ["-p", $"{_process.Port}", .. command])).TrimEnd();
}
