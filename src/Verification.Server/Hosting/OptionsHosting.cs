using Microsoft.Extensions.Options;
using Verification.Core.Permits;

namespace Verification.Server.Hosting;

/// <summary>Reads the service's own configuration.</summary>
internal static class OptionsHosting
{
    /// <summary>Reads and checks the options before anything is opened, and adds what is made of them.</summary>
    /// <exception cref="StartRefusedException">All that is wrong with them.</exception>
    public static VerificationOptions AddVerificationOptions(this WebApplicationBuilder builder)
    {
        var options = new VerificationOptions();
        builder.Configuration.GetSection(VerificationOptions.Section).Bind(options);
        options.Registry.SqlServerSettings.ConnectionString = builder.Configuration.GetConnectionString("Registry") ?? string.Empty;
        options.Registry.SqlServerSettings.ReplicaConnectionString = builder.Configuration.GetConnectionString("RegistryReplica");
        if (new VerificationOptionsValidator().Validate(Options.DefaultName, options) is { Failed: true } result)
        {
            throw new StartRefusedException(result.Failures);
        }

        builder.Services.AddSingleton(new IdentityDigester(Convert.FromBase64String(options.Identity.DigestKey!)));
        return options;
    }
}
