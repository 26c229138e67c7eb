using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Verification.Client;

// The convention for such methods: they are found without a using.
namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the permit verification service to a program.</summary>
public static class PermitVerificationServiceCollectionExtensions
{
    /// <summary>
    /// Adds <see cref="IPermitVerification"/> and <see cref="PermitVerificationClient"/>, one for the whole program. The options are checked at the
    /// start of the host.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>The options, for more.</returns>
    public static OptionsBuilder<PermitVerificationOptions> AddPermitVerification(
        this IServiceCollection services, Action<PermitVerificationOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton(CreateClient);
        services.TryAddSingleton<IPermitVerification>(provider => provider.GetRequiredService<PermitVerificationClient>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<PermitVerificationOptions>, OptionsValidator>());
        var options = services.AddOptions<PermitVerificationOptions>().ValidateOnStart();
        return configure is null ? options : options.Configure(configure);
    }

    /// <inheritdoc cref="AddPermitVerification(IServiceCollection, Action{PermitVerificationOptions})"/>
    /// <param name="services">The services.</param>
    /// <param name="configuration">
    /// The section that holds the options, by convention <see cref="PermitVerificationOptions.Section"/>. A new <c>ApiKey</c> in it is used with the
    /// next call; everything else with the next start.
    /// </param>
    public static OptionsBuilder<PermitVerificationOptions> AddPermitVerification(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return services.AddPermitVerification().Bind(configuration);
    }

    /// <summary>Adds a check that is healthy while the service says that it can answer.</summary>
    /// <param name="builder">The health checks.</param>
    /// <param name="name">The check's name.</param>
    /// <param name="tags">Tags to filter by.</param>
    public static IHealthChecksBuilder AddPermitVerification(
        this IHealthChecksBuilder builder, string name = "permit-verification", params string[] tags)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddCheck<ServiceHealthCheck>(name, failureStatus: null, tags);
    }

    private static PermitVerificationClient CreateClient(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptionsMonitor<PermitVerificationOptions>>();
        var start = options.CurrentValue;
        return new(start, () => options.CurrentValue.ApiKey, provider.GetService<ILoggerFactory>());
    }
}
