using System.ComponentModel;
using Verification.Core.Rules.Timelines;

namespace Verification.Load.Yardsticks;

/// <summary>What a cache holds of a number. Marked as never changing, so that HybridCache hands out the object itself.</summary>
/// <param name="Timeline">The compiled timeline; null where there is no such permit.</param>
[ImmutableObject(true)]
internal sealed record CachedPermit(PermitTimeline? Timeline);
