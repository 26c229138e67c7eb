using System.Collections.Immutable;
using Verification.Core.Permits.Events;
using Verification.Core.Rules.Rulebooks;
using Verification.Core.Rules.Timelines;

namespace Verification.Caching.Memory;

/// <summary>
/// What the registry held of a number at a revision, compiled: under the rulebook in use, and ahead of their first day under those
/// that are known to follow it. Immutable.
/// </summary>
internal sealed class CompiledPermit
{
    private readonly PermitTimeline? _timeline;
    private readonly ImmutableArray<PermitTimeline> _coming = [];

    /// <summary>Compiles what the registry held.</summary>
    /// <param name="history">The facts; null when the registry knew no such number.</param>
    /// <param name="readAt">The revision of the registry's snapshot.</param>
    /// <param name="rulebooks">The rulebook in use, and those that follow.</param>
    public CompiledPermit(PermitHistory? history, long readAt, ImmutableArray<Rulebook> rulebooks)
    {
        ReadAt = readAt;
        if (history is not null)
        {
            LastRevision = history.Events[^1].Revision;
            var timeline = TimelineCompiler.Compile(history, rulebooks[0]);
            _timeline = timeline;
            _coming = [.. rulebooks[1..].Select(rulebook => TimelineCompiler.Compile(history, rulebook, alike: timeline))];
        }
    }

    /// <summary>Whether the registry knew no such number.</summary>
    public bool IsAbsent => _timeline is null;

    /// <summary>The revision of the registry's snapshot.</summary>
    public long ReadAt { get; }

    /// <summary>The revision of the number's last event; 0 when it has none.</summary>
    public long LastRevision { get; }

    /// <summary>Tells the timeline under a rulebook, null when the registry knew no such number. Allocates nothing.</summary>
    /// <returns>False when it was not compiled under that one.</returns>
    public bool TryTell(Rulebook rulebook, out PermitTimeline? timeline)
    {
        timeline = _timeline;
        for (var i = 0; timeline is not null && timeline.Rulebook != rulebook; i++)
        {
            if (i == _coming.Length)
            {
                return false;
            }

            timeline = _coming[i];
        }

        return true;
    }

    /// <summary>Whether it can tell all that another can, and that one nothing later.</summary>
    public bool Replaces(CompiledPermit other) =>
        ReadAt > other.ReadAt || (ReadAt == other.ReadAt && _timeline is not null && !other.TryTell(_timeline.Rulebook, out _));
}
