using System.Diagnostics;
using System.Text;
using Verification.Audit.Keys;
using Verification.Client;
using Verification.TestSupport;

namespace Verification.EndToEnd.Tests.Operating;

/// <summary>A node in a process of its own, started as an operator does, whose metrics can be scraped.</summary>
internal sealed class MeasuredNode : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _log = new();

    private MeasuredNode(Process process, int grpc, int http, int metrics)
    {
        _process = process;
        Address = new Uri($"http://127.0.0.1:{grpc}");
        Http = new Uri($"http://127.0.0.1:{http}");
        Metrics = new Uri($"http://127.0.0.1:{metrics}");
        Client = ClientOf("authority");
        process.OutputDataReceived += Take;
        process.ErrorDataReceived += Take;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public Uri Address { get; }

    public Uri Http { get; }

    public Uri Metrics { get; }

    /// <summary>The authority's.</summary>
    public PermitVerificationClient Client { get; }

    /// <summary>What it wrote so far.</summary>
    public string Log
    {
        get
        {
            lock (_log)
            {
                return _log.ToString();
            }
        }
    }

    /// <summary>Starts one on a registry in a folder, and waits until it answers.</summary>
    /// <param name="folder">The folder of the registry, audit log and keys.</param>
    /// <param name="settings">Further settings.</param>
    public static async Task<MeasuredNode> StartAsync(string folder, params string[] settings)
    {
        Directory.CreateDirectory(folder);
        var keyFile = Path.Combine(folder, "audit-key.pem");
        if (!File.Exists(keyFile))
        {
            using var key = SigningKey.Create();
            key.Write(keyFile);
        }

        var (grpc, http, metrics) = (LoopbackPort.Free(), LoopbackPort.Free(), LoopbackPort.Free());
        var process = Programs.Start(
            "server",
            [
                "--create",
                $"--Kestrel:Endpoints:Grpc:Url=http://127.0.0.1:{grpc}",
                $"--Kestrel:Endpoints:Http:Url=http://127.0.0.1:{http}",
                $"--Verification:DataDirectory={folder}",
                $"--Verification:Audit:SigningKeyFile={keyFile}",
                "--Verification:Audit:StopWait=0s",
                "--Verification:Identity:DigestKey=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
                $"--Verification:Telemetry:PrometheusUrl=http://127.0.0.1:{metrics}",
                .. Consumer("authority", "issuing_authority", "verify", "register", "audit", "operate"),
                .. Consumer("school", "school", "verify"),
                .. settings,
            ]);
        var node = new MeasuredNode(process, grpc, http, metrics);
        try
        {
            await Eventually.TrueAsync(node.IsReadyAsync, "The node is not ready.");
            return node;
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }
    }

    /// <summary>The settings of a consumer whose key is its name.</summary>
    public static IEnumerable<string> Consumer(string name, string consumerClass, params string[] roles) =>
    [
        $"--Verification:Consumers:{name}:Class={consumerClass}",
        $"--Verification:Consumers:{name}:Keys:0:Sha256={Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(name)))}",
        .. roles.Select((role, i) => $"--Verification:Consumers:{name}:Roles:{i}={role}"),
    ];

    public PermitVerificationClient ClientOf(string key) => new(new PermitVerificationOptions { Address = Address, ApiKey = key });

    public Task<Scrape> ScrapeAsync() => Scrape.OfAsync(Metrics);

    /// <summary>Whether it says that it is ready.</summary>
    public async Task<bool> IsReadyAsync()
    {
        Assert.False(_process.HasExited, Log);
        using var http = new HttpClient();
        try
        {
            using var answer = await http.GetAsync(new Uri(Http, "/health/ready"), TestContext.Current.CancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <summary>Ends it as <c>kill -9</c> does.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
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

    private void Take(object sender, DataReceivedEventArgs line)
    {
        lock (_log)
        {
            _log.AppendLine(line.Data);
        }
    }
}
