using Microsoft.Extensions.Options;
using Verification.Core.Permits;

namespace Verification.Server.Configuration;

/// <summary>Reads the service's own configuration.</summary>
internal static class OptionsHosting
{
    // Read by who uses them.
    private static readonly string[] ReadElsewhere =
        ["AllowCleartextBeyondLoopback", "Limits", "Consumers", "ConsumersFile", "ClientCertificates", "Tokens"];

    /// <summary>Reads and checks the options before anything is opened, and adds what is made of them.</summary>
    /// <exception cref="StartRefusedException">All that is wrong with them.</exception>
    public static VerificationOptions AddVerificationOptions(this WebApplicationBuilder builder)
    {
        var options = new VerificationOptions();
        var reader = new OptionsReader();
        reader.Read(builder.Configuration.GetSection(VerificationOptions.Section), options, ReadElsewhere);
        options.Registry.SqlServerSettings.ConnectionString = builder.Configuration.GetConnectionString("Registry") ?? string.Empty;
        options.Registry.SqlServerSettings.ReplicaConnectionString = builder.Configuration.GetConnectionString("RegistryReplica");
        options.Lookup.Redis.ConnectionString = builder.Configuration.GetConnectionString("Redis");
        var problems = new StartProblems();
        problems.Add(reader.Problems);
        problems.Add(new VerificationOptionsValidator().Validate(Options.DefaultName, options).Failures ?? []);
        problems.ThrowIfAny();

        builder.Services.AddSingleton(new IdentityDigester(Convert.FromBase64String(options.Identity.DigestKey!)));
        return options;
    }
}
