using Verification.Core.Permits.Events;

namespace Verification.Caching.Redis;

/// <summary>A permit's facts as read from the registry at a revision.</summary>
/// <param name="History">The facts.</param>
/// <param name="ReadAt">The revision of the registry's snapshot.</param>
internal sealed record CachedFacts(PermitHistory History, long ReadAt);
