using Verification.Core.Rules.Rulebooks;
using Verification.Core.Rules.Timelines;

namespace Verification.Core.Lookup;

/// <summary>What a lookup knows of one number, and exactly when that was so.</summary>
/// <param name="Timeline">The permit's timeline; null when the registry knows no such number.</param>
/// <param name="Rulebook">The rulebook asked for: the timeline's, where there is one.</param>
/// <param name="Revision">
/// The registry revision that the answer reflects, exactly: every event of the number up to it, and none after it. To ask for it as
/// known at this revision under this rulebook gives the same timeline.
/// </param>
/// <param name="DataAsOf">The answer reflects every event committed before this instant of the registry's clock.</param>
/// <param name="Source">The tier it came from.</param>
public readonly record struct PermitAnswer(
    PermitTimeline? Timeline, Rulebook Rulebook, long Revision, DateTimeOffset DataAsOf, LookupSource Source);
