using Verification.Caching.Memory;
using Verification.Core.Lookup;
using Verification.Core.Permits.Events;
using Verification.Core.Rules.Rulebooks;
using Verification.Core.Rules.Timelines;

namespace Verification.Caching.Loading;

/// <summary>What a load found of a number, and where.</summary>
/// <param name="Compiled">The facts, compiled.</param>
/// <param name="History">The facts; null when the registry knew no such number, and when memory had them compiled alone by then.</param>
/// <param name="Source">Where they came from.</param>
/// <param name="AsOf">They reflect every event committed before this instant, where it is known.</param>
internal sealed record LoadedPermit(CompiledPermit Compiled, PermitHistory? History, LookupSource Source, DateTimeOffset AsOf)
{
    /// <summary>Whether it tells what was so at a revision, under a rulebook.</summary>
    public bool Tells(Rulebook rulebook, long revision) => History is not null || IsCompiled(rulebook, revision);

    /// <summary>
    /// Whether it tells that as it is compiled: with an event after the revision, the facts are needed to leave it out, and under a
    /// rulebook that is neither in use nor to come, to compile them.
    /// </summary>
    public bool IsCompiled(Rulebook rulebook, long revision) => IsCompiled(rulebook, revision, out _);

    /// <summary>What was so at a revision that it tells, under a rulebook; null when there was no such number.</summary>
    public PermitTimeline? TimelineAt(Rulebook rulebook, long revision) =>
        IsCompiled(rulebook, revision, out var timeline) ? timeline
        : History!.AsKnownAt(revision) is { } history ? TimelineCompiler.Compile(history, rulebook)
        : null;

    private bool IsCompiled(Rulebook rulebook, long revision, out PermitTimeline? timeline)
    {
        timeline = null;
        return Compiled.LastRevision <= revision && Compiled.TryTell(rulebook, out timeline);
    }
}
