using System.Globalization;
using Verification.Audit.Keys;
using Verification.Load.MadeUp;
using Verification.Load.Measuring;
using Verification.Load.Yardsticks;

namespace Verification.Load.Servers;

/// <summary>The servers of a run: each is started when it is first asked for, and all end with it.</summary>
/// <param name="folder">Where the registry is, and what else they write.</param>
/// <param name="permits">How many permits the registry will have.</param>
/// <param name="regression">What makes the service dearer than it is.</param>
internal sealed class Fleet(string folder, int permits, Regression regression = Regression.None) : IAsyncDisposable
{
    // The least that there may be: a hundred permits.
    private const long FewPermits = 16 << 10;

    // What a permit takes at most, and some room.
    private const long BytesAPermit = 200;

    private readonly Dictionary<string, ServerProcess> _running = [];
    private readonly Lazy<string> _signingKey = new(() => WriteSigningKey(folder));
    private Task<RedisServer?>? _redis;
    private int _audits;

    /// <summary>The registry's file.</summary>
    public string Registry => Path.Combine(folder, "registry", "registry.db");

    /// <summary>Whether there is a Redis.</summary>
    public async Task<bool> HasRedisAsync() => await RedisAsync() is not null;

    /// <summary>The service.</summary>
    public Task<ServerProcess> ServiceAsync(ServiceKind kind) => FindAsync($"service {kind}", async () =>
    {
        var redis = kind switch
        {
            ServiceKind.WithoutRedis => null,
            ServiceKind.RedisGone => "127.0.0.1:1",
            _ => (await RedisAsync())?.Endpoint,
        };
        var limit = kind == ServiceKind.Usual ? LimitFor(permits) : FewPermits;
        return await StartServiceAsync(Files.Service, [], Path.GetDirectoryName(Registry)!, limit, redis);
    });

    /// <summary>The service in this program's own host, with its audit log or with a double that keeps nothing; else the two are alike.</summary>
    public Task<ServerProcess> HostedAsync(bool isRecorded) => FindAsync($"hosted {isRecorded}", () => StartServiceAsync(
        Files.Load,
        ["serve", isRecorded ? HostedService.Recorded : HostedService.Unrecorded],
        Path.GetDirectoryName(Registry)!,
        LimitFor(permits),
        redis: null));

    /// <summary>The service without Redis, and with settings beside those of every service.</summary>
    /// <param name="name">By which it is known in the fleet.</param>
    /// <param name="settings">These, as on the command line.</param>
    public Task<ServerProcess> SetAsync(string name, params string[] settings) => FindAsync($"set {name}", () => StartServiceAsync(
        Files.Service, settings, Path.GetDirectoryName(Registry)!, LimitFor(permits), redis: null));

    /// <summary>The service with a registry inside it of so many made-up permits.</summary>
    public async Task<ServerProcess> MadeUpAsync(int count) => await StartServiceAsync(
        Files.Load, ["serve", "made-up", "--permits", Text(count)], Path.Combine(folder, $"made-up-{count}"), LimitFor(count), redis: null);

    /// <summary>A yardstick.</summary>
    public Task<ServerProcess> YardstickAsync(YardstickKind kind) => FindAsync($"yardstick {kind}", () => StartYardstickAsync(kind));

    /// <summary>A second yardstick of the same kind, to measure one beside the other.</summary>
    public Task<ServerProcess> SecondYardstickAsync(YardstickKind kind) => FindAsync($"second yardstick {kind}", () => StartYardstickAsync(kind));

    /// <summary>Ends a service, so that it is started anew when it is next asked for.</summary>
    public async Task EndAsync(ServiceKind kind)
    {
        if (_running.Remove($"service {kind}", out var server))
        {
            await server.DisposeAsync();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var server in _running.Values)
        {
            await server.DisposeAsync();
        }

        if (_redis is not null && await _redis is { } redis)
        {
            await redis.DisposeAsync();
        }
    }

    private static long LimitFor(int count) => Math.Max(1 << 20, count * BytesAPermit);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string WriteSigningKey(string folder)
    {
        var path = Path.Combine(folder, "audit-key.pem");
        using var key = SigningKey.Create();
        key.Write(path);
        return path;
    }

    private static Uri Local(int port) => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));

    private async Task<ServerProcess> StartServiceAsync(
        string program, string[] command, string registry, long limit, string? redis)
    {
        var (grpc, http) = (Local(LoopbackPort.Free()), Local(LoopbackPort.Free()));
        using var client = new HttpClient { BaseAddress = http };
        string[] arguments =
        [
            .. command,
            $"--Kestrel:Endpoints:Grpc:Url={grpc}",
            $"--Kestrel:Endpoints:Http:Url={http}",
            $"--Verification:DataDirectory={registry}",
            "--Verification:Registry:CreateIfMissing=true",
            $"--Verification:Identity:DigestKey={Convert.ToBase64String(MadeUpPermits.DigestKey.AsSpan())}",
            $"--Verification:Audit:SigningKeyFile={_signingKey.Value}",
            $"--Verification:Audit:Folder={Path.Combine(folder, "audit", Text(_audits++))}",
            $"--Verification:ConsumersFile={Files.Consumers}",
            $"--Verification:Lookup:Memory:Limit={limit.ToString(CultureInfo.InvariantCulture)}",
            .. redis is null
                ? Array.Empty<string>()
                : [$"--ConnectionStrings:Redis={redis}", $"--Verification:Lookup:Redis:MacKey={Convert.ToBase64String(MadeUpPermits.DigestKey.AsSpan())}"],
        ];
        return await ServerProcess.StartAsync(program, arguments, grpc, IsReadyAsync, regression);

        async Task<bool> IsReadyAsync()
        {
            try
            {
                using var answer = await client.GetAsync("health/ready");
                return answer.IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }
    }

    private async Task<ServerProcess> StartYardstickAsync(YardstickKind kind)
    {
        var port = LoopbackPort.Free();
        string[] arguments =
        [
            "serve", kind.ToString(), "--port", Text(port), "--registry", Registry,
            .. await RedisAsync() is { } redis ? (string[])["--redis", redis.Endpoint] : [],
        ];
        return await ServerProcess.StartAsync(Files.Load, arguments, Local(port), () => LoopbackPort.AnswersAsync(port));
    }

    private async Task<ServerProcess> FindAsync(string name, Func<Task<ServerProcess>> startAsync)
    {
        if (!_running.TryGetValue(name, out var server))
        {
            server = await startAsync();
            _running.Add(name, server);
        }

        return server;
    }

    private Task<RedisServer?> RedisAsync() => _redis ??= RedisServer.StartAsync();
}
