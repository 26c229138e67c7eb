using Verification.Core.Permits;

namespace Verification.Core.Registry;

/// <summary>Reads all that the registry holds, page by page. Safe for concurrent use.</summary>
public interface IPermitScan
{
    /// <summary>The histories of the permits that follow a number in the registry's order, all in one snapshot.</summary>
    /// <param name="after">The number; the default value for the first page.</param>
    /// <param name="limit">The most histories: a page with fewer is the last.</param>
    /// <param name="cancellationToken">Ends the caller's wait.</param>
    /// <exception cref="RegistryUnavailableException">The registry could not answer.</exception>
    Task<PermitPage> ReadPageAsync(PermitNumber after, int limit, CancellationToken cancellationToken);
}
