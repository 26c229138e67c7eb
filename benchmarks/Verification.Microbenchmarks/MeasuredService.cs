using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Verification.Audit.Files;
using Verification.Audit.Keys;
using Verification.Core.Registry;
using Verification.Server.Access;
using Verification.Server.Access.Consumers;
using Verification.Server.Hosting;

namespace Verification.Microbenchmarks;

/// <summary>The whole service as it is started, with a registry in memory: steps are taken out of it and not put together anew.</summary>
internal sealed class MeasuredService : IAsyncDisposable
{
    /// <summary>The key of a school.</summary>
    public const string ApiKey = "pv_measured";

    private readonly WebApplication _app;
    private readonly string _folder;

    private MeasuredService(WebApplication app, string folder)
    {
        _app = app;
        _folder = folder;
    }

    /// <summary>The school, as the gate lets it in.</summary>
    public Asker Asker
    {
        get
        {
            var key = Server.Access.Consumers.ApiKey.FromText(ApiKey)!;
            return new Asker(key, key.Admit(Get<ConsumerDirectory>().Current, Get<TimeProvider>().GetUtcNow()));
        }
    }

    /// <summary>Starts one.</summary>
    public static async Task<MeasuredService> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("microbenchmarks-").FullName;
        var keyFile = Path.Combine(folder, "audit-key.pem");
        using (var key = SigningKey.Create())
        {
            key.Write(keyFile);
        }

        string[] settings =
        [
            "--Kestrel:Endpoints:Grpc:Url=http://127.0.0.1:0",
            "--Kestrel:Endpoints:Http:Url=http://127.0.0.1:0",
            $"--Verification:DataDirectory={folder}",
            "--Verification:Registry:CreateIfMissing=true",
            $"--Verification:Identity:DigestKey={Convert.ToBase64String(Samples.Key.AsSpan())}",
            $"--Verification:Audit:SigningKeyFile={keyFile}",
            "--Verification:Audit:BlockBytes=4194304",
            "--Verification:Consumers:measured:Class=school",
            "--Verification:Consumers:measured:Roles:0=verify",
            $"--Verification:Consumers:measured:Keys:0:Sha256={Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ApiKey)))}",
            "--Verification:Consumers:measured:Limits:ChecksPerSecond=100000000",
            "--Verification:Consumers:measured:Limits:CheckBurst=100000000",
        ];
        var clock = new SameDayClock();
        var registry = new MemoryRegistry(Enumerable.Range(0, Samples.Count).Select(Samples.History).ToDictionary(history => history.Number), clock);
        var app = await Server.Program.CreateAsync(settings, clock, builder =>
        {
            builder.Logging.ClearProviders();
            builder.Services.Replace(ServiceDescriptor.KeyedSingleton<IPermitRegistry>(RegistryHosting.Store, registry));
            builder.Services.Replace(ServiceDescriptor.Singleton<IAuditFiles, MemoryFiles>());
        });
        await app.StartAsync();
        return new MeasuredService(app, folder);
    }

    /// <summary>A part of it.</summary>
    public T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
