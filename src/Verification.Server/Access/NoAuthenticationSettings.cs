using Microsoft.AspNetCore.Authentication;

namespace Verification.Server.Access;

/// <summary>Keeps the framework from settings of its own for the schemes (section <c>Authentication</c>): this service's say all.</summary>
internal sealed class NoAuthenticationSettings : IAuthenticationConfigurationProvider
{
    /// <inheritdoc/>
    public IConfiguration AuthenticationConfiguration { get; } = new ConfigurationBuilder().Build();
}
