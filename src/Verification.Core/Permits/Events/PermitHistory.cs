using System.Collections.Immutable;

namespace Verification.Core.Permits.Events;

/// <summary>
/// The facts about one permit: all its events in recorded order, at least one, the first its issue. The place of an event is its
/// number in that order, from 1.
/// </summary>
public sealed class PermitHistory
{
    // For each event the place of its annulment, 0 where it has none; null where nothing is annulled.
    private readonly int[]? _annulments;

    /// <summary>A history of events, in the order of their revisions.</summary>
    /// <exception cref="ArgumentException">
    /// The first effective event is not the only <see cref="Issued"/>, or an annulment names no event that could be annulled: the facts are
    /// damaged.
    /// </exception>
    public PermitHistory(PermitNumber number, ImmutableArray<RecordedEvent> events)
    {
        if (events.IsDefaultOrEmpty || events[0].Event is not Issued)
        {
            throw Damaged(nameof(events));
        }

        Number = number;
        Events = events;
        _annulments = AnnulmentsIn(events);
        Effective = _annulments is null ? events : [.. events.Where((recorded, index) => IsEffective(recorded, index))];
        for (var i = 0; i < Effective.Length; i++)
        {
            if (i == 0 != Effective[i].Event is Issued)
            {
                throw Damaged(nameof(events));
            }
        }
    }

    /// <summary>The permit's number.</summary>
    public PermitNumber Number { get; }

    /// <summary>All its events, annulled ones and annulments included, by place.</summary>
    public ImmutableArray<RecordedEvent> Events { get; }

    /// <summary>Its effective events (policy §7a), in the order they apply; none where the number is as if it had never been issued.</summary>
    public ImmutableArray<RecordedEvent> Effective { get; }

    /// <summary>The place of the event that annulled the one at a place; 0 where none did.</summary>
    public int AnnulledBy(int place) => _annulments?[place - 1] ?? 0;

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

    private static int[]? AnnulmentsIn(ImmutableArray<RecordedEvent> events)
    {
        int[]? annulments = null;
        for (var index = 0; index < events.Length; index++)
        {
            if (events[index].Event is not Annulled { Target: var target })
            {
                continue;
            }

            annulments ??= new int[events.Length];
            if (target > index || events[target - 1].Event is Annulled || annulments[target - 1] != 0)
            {
                throw Damaged(nameof(events));
            }

            annulments[target - 1] = index + 1;
        }

        return annulments;
    }

    private static ArgumentException Damaged(string events) =>
        new("A permit's effective events do not begin with its only issue, or one of its annulments names none of its events.", events);

    private bool IsEffective(RecordedEvent recorded, int index) => recorded.Event is not Annulled && _annulments![index] == 0;
}
