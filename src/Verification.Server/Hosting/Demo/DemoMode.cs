using Verification.Server.Access.Consumers;
using Verification.Server.Configuration;
using Verification.Server.Hosting.Settings;

namespace Verification.Server.Hosting.Demo;

/// <summary>
/// <c>--demo</c>: a service with made-up permits and keys that everyone knows, to look around in. It never touches a registry or a
/// cache that others use.
/// </summary>
internal static class DemoMode
{
    private const string Switch = "--demo";
    private const string DirectoryKey = $"{VerificationOptions.Section}:DataDirectory";
    private const string SigningKeyKey = $"{VerificationOptions.Section}:Audit:SigningKeyFile";
    private const string ProviderKey = $"{VerificationOptions.Section}:Registry:Provider";

    // 32 bytes of readable text, in Base64: nobody takes it for a secret.
    private const string DigestKey = "REVNTyBLRVkgLSBldmVyeWJvZHkga25vd3MgaXQgLSBERU1P";

    /// <summary>Whether the command line asks for the demo.</summary>
    public static bool IsAskedFor(string[] args) => args.Contains(Switch);

    /// <summary>The command line without the switch, which would take the next argument for its value.</summary>
    public static string[] WithoutSwitch(string[] args) => [.. args.Where(arg => arg != Switch)];

    /// <summary>Puts the demo's configuration on top. A data folder that is named explicitly stays.</summary>
    /// <param name="builder">The host's builder.</param>
    /// <param name="problems">Takes that the configuration names a real registry or cache.</param>
    public static void UseDemoConfiguration(this WebApplicationBuilder builder, StartProblems problems)
    {
        foreach (var problem in Problems(builder.Configuration))
        {
            problems.Add(problem);
        }

        var directory = builder.Configuration[DirectoryKey] ?? Path.Combine("data", "demo");
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            [$"{VerificationOptions.Section}:Identity:DigestKey"] = DigestKey,
            [CreateSwitch.Key] = "true",
            [DirectoryKey] = directory,
            [SigningKeyKey] = builder.Configuration[SigningKeyKey] ?? Path.Combine(directory, "audit-key.pem"),
        });
        builder.Configuration.AddInMemoryCollection(DemoConsumers.Settings($"{VerificationOptions.Section}:Consumers"));
    }

    /// <summary>Adds the made-up permits and the greeting.</summary>
    public static void AddDemo(this WebApplicationBuilder builder, VerificationOptions options)
    {
        builder.Services.AddSingleton(options).AddSingleton<DemoRegistry>().AddSingleton<DemoGreeting>();
        builder.Services.AddHostedService<DemoStart>();
    }

    private static IEnumerable<string> Problems(ConfigurationManager configuration)
    {
        foreach (var name in (string[])["Registry", "Audit", "Redis"])
        {
            if (!string.IsNullOrWhiteSpace(configuration.GetConnectionString(name)))
            {
                yield return $"{Switch} makes up its own permits; ConnectionStrings:{name} must not be set beside it.";
            }
        }

        if (configuration[ProviderKey] is { Length: > 0 } provider && !provider.Equals("Sqlite", StringComparison.OrdinalIgnoreCase))
        {
            yield return $"{Switch} keeps its permits in SQLite; {ProviderKey} must be Sqlite or absent.";
        }
    }
}
