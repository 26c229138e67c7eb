using Verification.Core.Permits;
using Verification.Core.Registry;

namespace Verification.Caching.Loading;

/// <summary>What a load found.</summary>
/// <param name="Found">By number; what is missing could not be told.</param>
/// <param name="Failure">Why some are missing; null when none is.</param>
internal sealed record LoadedPermits(IReadOnlyDictionary<PermitNumber, LoadedPermit> Found, RegistryUnavailableException? Failure);
