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
    private readonly Rulebook _rulebook;
    private readonly PermitTimeline? _timeline;
    private readonly ImmutableArray<(Rulebook Rulebook, PermitTimeline? Timeline)> _coming = [];

    /// <summary>Compiles what the registry held.</summary>
    /// <param name="history">The facts; null when the registry knew no such number.</param>
    /// <param name="readAt">The revision of the registry's snapshot.</param>
    /// <param name="rulebooks">The rulebook in use, and those that follow.</param>
    public CompiledPermit(PermitHistory? history, long readAt, ImmutableArray<Rulebook> rulebooks)
    {
        ReadAt = readAt;
        _rulebook = rulebooks[0];
        if (history is null)
        {
            return;
        }

        LastRevision = history.Events[^1].Revision;
        if (!history.Effective.IsEmpty)
        {
            var timeline = TimelineCompiler.Compile(history, _rulebook);
            _timeline = timeline;
            _coming = [.. rulebooks[1..].Select(rulebook => (rulebook, TimelineCompiler.Compile(history, rulebook, alike: timeline)))];
            IsAbsent = false;
        }
    }

    /// <summary>Whether there is no such permit, by any rulebook: the registry knows no such number, or all that it knows is annulled.</summary>
    public bool IsAbsent { get; } = true;

    /// <summary>The revision of the registry's snapshot.</summary>
    public long ReadAt { get; }

    /// <summary>The revision of the number's last event; 0 when it has none.</summary>
    public long LastRevision { get; }

    /// <summary>Tells the timeline under a rulebook, null when there is no such permit by it. Allocates nothing.</summary>
    /// <returns>False when it was not compiled under that one.</returns>
    public bool TryTell(Rulebook rulebook, out PermitTimeline? timeline)
    {
        timeline = _timeline;
        if (rulebook == _rulebook || IsAbsent)
        {
            return true;
        }

        foreach (var coming in _coming)
        {
            if (coming.Rulebook == rulebook)
            {
                timeline = coming.Timeline;
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether it can tell all that another can, and that one nothing later.</summary>
    public bool Replaces(CompiledPermit other) =>
        ReadAt > other.ReadAt || (ReadAt == other.ReadAt && !IsAbsent && !other.TryTell(_rulebook, out _));
}
