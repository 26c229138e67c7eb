using System.Net;
using System.Security.Cryptography;
using System.Text;
using Verification.Audit.Keys;
using Verification.Client;
using Verification.TestSupport;

namespace Verification.EndToEnd.Tests.TwoNodes;

/// <summary>
/// What <c>compose.yaml</c> starts, as processes: two nodes with its settings behind haproxy, on one Redis and one registry, which is SQLite's
/// here. Beside the port behind the balancer each node has one with TLS, which callers reach directly.
/// </summary>
internal sealed class Deployment : IAsyncDisposable
{
    private const string RedisPassword = "6f1d0b";
    private const string Key = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    // A loaded machine takes its time to start a process.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly string _folder;
    private readonly int _grpc = LoopbackPort.Free();
    private readonly int _http = LoopbackPort.Free();
    private readonly int _tls = LoopbackPort.Free();
    private readonly int _metrics = LoopbackPort.Free();
    private readonly Certificates _certificates;
    private readonly RedisServer _redis;
    private readonly ChildProcess?[] _nodes = new ChildProcess?[Hosts.Length];
    private Balancer? _balancer;

    private Deployment(string folder, RedisServer redis)
    {
        (_folder, _redis) = (folder, redis);
        _certificates = new Certificates(folder, [.. Hosts.Select(IPAddress.Parse)]);
        using (var key = SigningKey.Create())
        {
            key.Write(AuditKeyFile);
        }

        File.WriteAllText(ConsumersFile, Consumers);
    }

    /// <summary>The nodes' addresses; their ports are the same.</summary>
    public static string[] Hosts { get; } = ["127.0.0.1", "127.0.0.2"];

    /// <summary>The file of the key that the nodes sign their audit logs with.</summary>
    public string AuditKeyFile => Path.Combine(_folder, "audit-key");

    /// <summary>The nodes' common audit database.</summary>
    public string AuditDatabase => Path.Combine(_folder, "registry", "audit.db");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string ConsumersFile => Path.Combine(_folder, "consumers.json");

    private static string Consumers => $$"""
        { "consumers": {
            "authority": {
              "class": "issuing_authority", "roles": ["verify", "register", "audit"], "keys": [{ "sha256": "{{Digest("authority")}}" }], "limits": {{Limits}} },
            "school": { "class": "school", "roles": ["verify"], "keys": [{ "sha256": "{{Digest("school")}}" }], "limits": {{Limits}} } } }
        """;

    // Far above what is asked.
    private static string Limits => """{ "checksPerSecond": 1000000, "checkBurst": 1000000, "unknownPerMinute": 10000000, "unknownBurst": 10000000 }""";

    /// <summary>Starts all of it, in a folder that nothing else uses; skips the test where haproxy or Redis is not installed.</summary>
    public static async Task<Deployment> StartAsync(string folder)
    {
        Balancer.SkipUnlessInstalled();
        var deployment = new Deployment(
            folder, await RedisServer.StartNewAsync("--requirepass", RedisPassword, "--maxmemory", "512mb", "--maxmemory-policy", "allkeys-lru"));
        try
        {
            await deployment.StartNodeAsync(0);
            await deployment.StartNodeAsync(1);
            deployment._balancer = Balancer.Start(folder, (Hosts[0], Hosts[1]), deployment._grpc, deployment._http);
            using var caller = deployment.BalancedClient("school");
            await UntilAsync(
                async () =>
                {
                    Assert.False(deployment._balancer.HasExited, deployment._balancer.Said);
                    return await IsServingAsync(caller);
                },
                () => $"Nothing answers behind the balancer: {deployment._balancer.Said}");
            return deployment;
        }
        catch
        {
            await deployment.DisposeAsync();
            throw;
        }
    }

    /// <summary>A caller through the balancer.</summary>
    public PermitVerificationClient BalancedClient(string key) => new(new PermitVerificationOptions { Address = _balancer!.Address, ApiKey = key });

    /// <summary>A caller that knows both nodes, over TLS.</summary>
    public PermitVerificationClient DirectClient(string key)
    {
        var options = new PermitVerificationOptions { ApiKey = key, AuthorityFile = _certificates.AuthorityFile };
        Array.ForEach(Hosts, host => options.Addresses.Add(Tls(host)));
        return new PermitVerificationClient(options);
    }

    /// <summary>The folder of a node's audit log, which outlives its process.</summary>
    public string AuditFolder(int node) => Path.Combine(_folder, $"audit-{node + 1}");

    /// <summary>What a node's process holds.</summary>
    public (double Megabytes, int Handles) HeldBy(int node) => _nodes[node]!.Held;

    /// <summary>Starts a node, on its own audit log, and waits until it is ready.</summary>
    public async Task StartNodeAsync(int node)
    {
        var process = new ChildProcess(Programs.Start("server", SettingsOf(node), []));
        _nodes[node] = process;
        using var http = new HttpClient();
        await UntilAsync(
            async () =>
            {
                Assert.False(process.HasExited, process.Said);
                try
                {
                    using var ready = await http.GetAsync(new Uri($"http://{Hosts[node]}:{_http}/health/ready"), Cancellation);
                    return ready.IsSuccessStatusCode;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            },
            () => $"A node is not ready: {process.Said}");
    }

    /// <summary>Ends a node as <c>kill -9</c> does.</summary>
    public Task KillNodeAsync(int node) => _nodes[node]!.KillAsync();

    /// <summary>Ends a node by SIGTERM; it finishes what it has begun, and ends well.</summary>
    public async Task DrainNodeAsync(int node)
    {
        var exitCode = await _nodes[node]!.TerminateAsync();
        Assert.True(exitCode == 0, $"exit code {exitCode}: {_nodes[node]!.Said}");
    }

    /// <summary>Ends Redis with all that it held, and starts it empty.</summary>
    public async Task RestartRedisAsync()
    {
        await _redis.StopAsync();
        await _redis.StartAsync();
    }

    /// <summary>Replaces the certificate of both nodes, and waits until they present it.</summary>
    public async Task RotateCertificatesAsync()
    {
        var thumbprint = _certificates.Replace();
        foreach (var host in Hosts)
        {
            await UntilAsync(
                async () => await Certificates.PresentedAsync(Tls(host)) == thumbprint, () => $"{host} presents the old certificate.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes.OfType<ChildProcess>())
        {
            await node.DisposeAsync();
        }

        if (_balancer is not null)
        {
            await _balancer.DisposeAsync();
        }

        await _redis.DisposeAsync();
        _certificates.Dispose();
    }

    private static string Digest(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    private static async Task<bool> IsServingAsync(PermitVerificationClient caller)
    {
        try
        {
            await caller.IsServingAsync(Cancellation);
            return true;
        }
        catch (PermitVerificationException)
        {
            return false;
        }
    }

    private static async Task UntilAsync(Func<Task<bool>> condition, Func<string> otherwise)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(begun) < Patience, otherwise());
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Cancellation);
        }
    }

    private Uri Tls(string host) => new($"https://{host}:{_tls}");

    private Dictionary<string, string> SettingsOf(int node) => ComposeFile.SettingsOfANode(
        new Dictionary<string, string>
        {
            ["VERIFICATION_DIGEST_KEY"] = Key,
            ["VERIFICATION_MAC_KEY"] = Key,
            ["VERIFICATION_CREATE_REGISTRY"] = "true",
            ["REGISTRY_PASSWORD"] = string.Empty,
            ["REDIS_PASSWORD"] = RedisPassword,
        },
        new Dictionary<string, string?>
        {
            ["Kestrel__Endpoints__Grpc__Url"] = $"http://{Hosts[node]}:{_grpc}",
            ["Kestrel__Endpoints__Http__Url"] = $"http://{Hosts[node]}:{_http}",
            ["Kestrel__Endpoints__Tls__Url"] = $"https://{Hosts[node]}:{_tls}",
            ["Kestrel__Endpoints__Tls__Certificate__Path"] = _certificates.CertificateFile,
            ["Kestrel__Endpoints__Tls__Certificate__KeyPath"] = _certificates.KeyFile,
            ["Verification__ConsumersFile"] = ConsumersFile,
            ["Verification__Audit__SigningKeyFile"] = AuditKeyFile,
            ["Verification__Audit__Folder"] = AuditFolder(node),
            ["Verification__Telemetry__PrometheusUrl"] = $"http://{Hosts[node]}:{_metrics}",
            ["Verification__DataDirectory"] = Path.Combine(_folder, "registry"),
            ["Verification__Registry__Provider"] = "Sqlite",
            ["ConnectionStrings__Registry"] = null,
            ["ConnectionStrings__Redis"] = $"{_redis.ConnectionString},password={RedisPassword}",
        });
}
