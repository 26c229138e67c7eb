using System.Security.Cryptography;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using Verification.Server.Configuration;

namespace Verification.Server.Hosting;

/// <summary>
/// Looks whether the framework finds the server's certificates, by letting it load them one after another: as the server starts it ends
/// at the first that it does not find, and by then a registry may have been made.
/// </summary>
internal static class ServerCertificates
{
    private const string Default = "Certificates:Default";

    /// <summary>Looks.</summary>
    /// <param name="kestrel">The configuration section <c>Kestrel</c>.</param>
    /// <param name="rules">The endpoints.</param>
    /// <param name="environment">Where the service runs.</param>
    /// <param name="problems">Takes those that it does not find.</param>
    public static void Check(IConfigurationSection kestrel, ListenerRules rules, IWebHostEnvironment environment, StartProblems problems)
    {
        var endpoints = rules.Configured.Where(it => it.Address.IsTls && it.Key.StartsWith(kestrel.Path, StringComparison.Ordinal))
            .Select(it => it.Key[(kestrel.Path.Length + 1)..^":Url".Length]).ToArray();
        if (kestrel.GetSection(Default).GetChildren().Any() && FaultOf(kestrel, Default, environment) is { } fault)
        {
            problems.Add($"{kestrel.Path}:{Default}: {fault}");
            endpoints = [.. endpoints.Where(endpoint => kestrel.GetSection($"{endpoint}:Certificate").GetChildren().Any())];
        }

        foreach (var endpoint in endpoints)
        {
            if (FaultOf(kestrel, endpoint, environment) is { } problem)
            {
                problems.Add($"{kestrel.Path}:{endpoint}: {problem}");
            }
        }
    }

    /// <summary>Why the framework would not take a part of the section; null where it would.</summary>
    private static string? FaultOf(IConfigurationSection kestrel, string part, IWebHostEnvironment environment)
    {
        var settings = kestrel.AsEnumerable(makePathsRelative: true).Where(setting =>
            setting.Key.StartsWith($"{part}:", StringComparison.OrdinalIgnoreCase)
            || (setting.Key.StartsWith("Certificates:", StringComparison.OrdinalIgnoreCase) && part != Default));
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ApplicationName = environment.ApplicationName,
            ContentRootPath = environment.ContentRootPath,
            EnvironmentName = environment.EnvironmentName,
        });
        builder.WebHost.UseKestrel();
        using var app = (IDisposable)builder.Build();
        try
        {
            ((WebApplication)app).Services.GetRequiredService<IOptions<KestrelServerOptions>>().Value
                .Configure(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()).Load();
            return null;
        }
        catch (Exception cause) when (cause is InvalidOperationException or CryptographicException or IOException
            or UnauthorizedAccessException or ArgumentException or FormatException)
        {
            return cause.Message.Split('\n')[0].TrimEnd();
        }
    }
}
