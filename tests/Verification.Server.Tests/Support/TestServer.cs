using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Permits.Registry.V1;
using Permits.Verification.V1;
using Verification.Audit.Records;
using Verification.Core.Registry;
using Verification.Core.Rules.Rulebooks;
using Verification.Server.Hosting;
using AuditService = Permits.Audit.V1.AuditService;

namespace Verification.Server.Tests.Support;

/// <summary>
/// The whole service in this process, on real sockets, with its registry in a folder of its own. Today is 2026-03-10, unless it runs by
/// the machine's clock.
/// </summary>
internal sealed class TestServer : IAsyncDisposable
{
    public static readonly DateTimeOffset Now = new(2026, 3, 10, 4, 0, 0, TimeSpan.Zero);

    private static readonly string[] Configuration =
    [
        "--Kestrel:Endpoints:Grpc:Url=http://127.0.0.1:0",
        "--Kestrel:Endpoints:Http:Url=http://127.0.0.1:0",
        "--create",
        "--Verification:Identity:DigestKey=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
        "--Verification:Lookup:Feed:MinPollSpacing=0s",

        // A week: a test that lets hours pass does not mean to close its connections, which would race with its next call.
        "--Verification:Limits:ConnectionMinutes=10080",
    ];

    private readonly bool _ownsFolder;
    private readonly bool _ownsAudit;
    private readonly TimeProvider _clock;
    private bool _isStopped;

    private TestServer(
        WebApplication app, string folder, bool ownsFolder, AuditHome audit, bool ownsAudit, CollectedLogs logs, TimeProvider clock)
    {
        App = app;
        Folder = folder;
        _ownsFolder = ownsFolder;
        Audit = audit;
        _ownsAudit = ownsAudit;
        Logs = logs;
        _clock = clock;
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.ToArray();
        Addresses = addresses;
        Channel = Connect(TestConsumers.Authority);
        Http = new HttpClient { BaseAddress = new Uri(addresses[1]) };
        Permits = new VerificationService.VerificationServiceClient(Channel);
        Registry = new RegistryService.RegistryServiceClient(Channel);
        Auditor = new AuditService.AuditServiceClient(Channel);
    }

    public WebApplication App { get; }

    public string Folder { get; }

    /// <summary>Where its audit log is.</summary>
    public AuditHome Audit { get; }

    public CollectedLogs Logs { get; }

    /// <summary>Its clock, unless that is the machine's.</summary>
    public FakeTimeProvider Clock => (FakeTimeProvider)_clock;

    /// <summary>The addresses: gRPC, HTTP, and any more.</summary>
    public IReadOnlyList<string> Addresses { get; }

    public Uri Address => new(Addresses[0]);

    /// <summary>The authority's.</summary>
    public GrpcChannel Channel { get; }

    public HttpClient Http { get; }

    public VerificationService.VerificationServiceClient Permits { get; }

    public RegistryService.RegistryServiceClient Registry { get; }

    public AuditService.AuditServiceClient Auditor { get; }

    public IHostApplicationLifetime Lifetime => App.Lifetime;

    /// <summary>Error logs that the test means to cause.</summary>
    public Func<string, bool> ExpectsError { get; set; } = _ => false;

    /// <summary>That a node saw the registry go back or become another.</summary>
    public static bool IsWentBack(string error) => error.StartsWith("Verification.Caching.RegistryNode WentBack", StringComparison.Ordinal);

    public static string NewFolder() => Directory.CreateTempSubdirectory("permits-").FullName;

    public static async Task<TestServer> StartAsync(
        string? folder = null,
        Action<WebApplicationBuilder>? configure = null,
        DateTimeOffset? now = null,
        bool withConsumers = true,
        bool byMachineClock = false,
        RulebookLibrary? rulebooks = null,
        bool tellsEmpty = false,
        AuditHome? audit = null,
        params string[] args)
    {
        var logs = new CollectedLogs();
        var clock = byMachineClock ? TimeProvider.System : new FakeTimeProvider(now ?? Now);
        var home = folder ?? NewFolder();
        var auditHome = audit ?? new AuditHome();
        var app = await Program.CreateAsync(
            [.. Configuration, .. withConsumers ? TestConsumers.Arguments : [], $"--Verification:DataDirectory={home}", .. auditHome.Arguments, .. args],
            clock,
            builder =>
            {
                builder.Logging.ClearProviders().AddProvider(logs);
                if (!tellsEmpty)
                {
                    SeemRecordedIn(builder.Services);
                }

                configure?.Invoke(builder);
            },
            rulebooks);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new TestServer(app, home, folder is null, auditHome, audit is null, logs, clock);
    }

    /// <summary>Completes when the node is ready: with its first poll, which no start waits for.</summary>
    /// <returns>What it then tells of itself.</returns>
    public async Task<string> UntilReadyAsync()
    {
        var told = string.Empty;
        await Eventually.TrueAsync(
            async () =>
            {
                using var ready = await Http.GetAsync("/health/ready", TestContext.Current.CancellationToken);
                told = await ready.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
                return ready.IsSuccessStatusCode;
            },
            "The node is not ready.");
        return told;
    }

    /// <summary>A channel with connections of its own, for a caller with a key; with an empty one, for a caller without.</summary>
    public GrpcChannel Connect(string key) => GrpcChannel.ForAddress(
        Address,
        new GrpcChannelOptions
        {
            HttpHandler = new BearerHandler(key) { InnerHandler = new SocketsHttpHandler { EnableMultipleHttp2Connections = true } },
            DisposeHttpClient = true,
        });

    /// <summary>Lets the clock leap, and the node hear of the registry after it.</summary>
    public async Task LeapAsync(TimeSpan time)
    {
        Clock.Advance(time);
        await Eventually.TrueAsync(
            () =>
            {
                Clock.Advance(TimeSpan.FromMilliseconds(500));
                return Service<Verification.Caching.Coherence.LookupReadiness>().Check().IsEmpty;
            },
            "The node did not hear of the registry.");
    }

    /// <summary>Stops, and reads what its audit log holds beside the log's own records.</summary>
    public async Task<AuditRecord[]> RecordsAsync()
    {
        await StopAsync();
        return [.. Audit.Records().Where(record => record.Call < AuditCall.LogStarted)];
    }

    public async Task StopAsync()
    {
        if (!_isStopped)
        {
            _isStopped = true;
            await App.StopAsync(CancellationToken.None);
        }
    }

    public T Service<T>()
        where T : notnull => App.Services.GetRequiredService<T>();

    /// <summary>Lets the registry seem one in which something was recorded: most tests of unknown numbers begin with an empty one.</summary>
    private static void SeemRecordedIn(IServiceCollection services)
    {
        var store = services.Single(it => it.ServiceType == typeof(IPermitRegistry) && RegistryHosting.Store.Equals(it.ServiceKey));
        services.Replace(ServiceDescriptor.KeyedSingleton<IPermitRegistry>(
            RegistryHosting.Store,
            (provider, key) => new WatchedRegistry((IPermitRegistry)store.KeyedImplementationFactory!(provider, key)) { SeemsRecordedIn = true }));
    }

    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        Http.Dispose();
        await StopAsync();
        await App.DisposeAsync();
        if (_ownsAudit)
        {
            Audit.Dispose();
        }

        if (_ownsFolder)
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(Folder, recursive: true);
        }

        var unexpected = Logs.Errors.Where(error => !ExpectsError(error)).ToArray();
        if (unexpected.Length > 0)
        {
            Assert.Fail($"The server logged errors:{Environment.NewLine}{string.Join(Environment.NewLine, unexpected)}");
        }
    }
}
