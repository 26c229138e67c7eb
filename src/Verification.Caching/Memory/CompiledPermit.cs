using Verification.Core.Permits.Events;
using Verification.Core.Rules.Rulebooks;
using Verification.Core.Rules.Timelines;

namespace Verification.Caching.Memory;

/// <summary>What the registry held of a number at a revision, compiled. Immutable.</summary>
internal sealed class CompiledPermit
{
    public CompiledPermit(PermitHistory? history, long readAt, Rulebook rulebook)
    {
        Timeline = history is null ? null : TimelineCompiler.Compile(history, rulebook);
        LastRevision = history is null ? 0 : history.Events[^1].Revision;
        ReadAt = readAt;
        Rulebook = rulebook;
    }

    /// <summary>The timeline; null when the registry knew no such number.</summary>
    public PermitTimeline? Timeline { get; }

    /// <summary>The revision of the registry's snapshot.</summary>
    public long ReadAt { get; }

    /// <summary>The revision of the number's last event; 0 when it has none.</summary>
    public long LastRevision { get; }

    /// <summary>The rulebook it was compiled under.</summary>
    public Rulebook Rulebook { get; }
}
