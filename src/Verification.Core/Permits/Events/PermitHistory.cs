using System.Collections.Immutable;

namespace Verification.Core.Permits.Events;

/// <summary>The facts about one permit: its events in the order they apply, at least one, the first its issue.</summary>
public sealed class PermitHistory
{
    /// <summary>A history of events, in the order of their revisions.</summary>
    /// <exception cref="ArgumentException">The first event is not <see cref="Issued"/>: the facts are damaged.</exception>
    public PermitHistory(PermitNumber number, ImmutableArray<RecordedEvent> events)
    {
        if (events.IsDefaultOrEmpty || events[0].Event is not Issued)
        {
            throw new ArgumentException("A permit's history does not begin with its issue.", nameof(events));
        }

        Number = number;
        Events = events;
    }

    /// <summary>The permit's number.</summary>
    public PermitNumber Number { get; }

    /// <summary>Its events, in the order they apply.</summary>
    public ImmutableArray<RecordedEvent> Events { get; }

    /// <summary>The history as the registry knew it at a revision; null when the permit was not known then.</summary>
    public PermitHistory? AsKnownAt(long revision)
    {
        var known = 0;
        while (known < Events.Length && Events[known].Revision <= revision)
        {
            known++;
        }

        return known == Events.Length ? this : known == 0 ? null : new PermitHistory(Number, Events[..known]);
    }
}
