using System.Collections.Immutable;
using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Core.Rules.Codes;
using Verification.Core.Rules.Dates;
using Verification.Core.Rules.Rulebooks;

namespace Verification.Core.Rules.Timelines;

/// <summary>
/// A permit's history compiled under one rulebook: its standing on every date, scheduled transitions included, and what the registry
/// says of it. Immutable; a look into it allocates nothing. Made by <see cref="TimelineCompiler"/>.
/// </summary>
public sealed class PermitTimeline
{
    private readonly ImmutableArray<TimelineSegment> _authority;
    private readonly ImmutableArray<TimelineSegment> _restricted;
    private readonly ImmutableArray<PermitRecord> _records;

    internal PermitTimeline(
        PermitHistory history,
        Rulebook rulebook,
        PermitKind kind,
        DateOnly issuedOn,
        IdentityDigest? holder,
        ImmutableArray<TimelineSegment> authority,
        ImmutableArray<TimelineSegment> restricted,
        ImmutableArray<PermitRecord> records,
        PermitTimeline? alike)
    {
        Number = history.Number;
        Rulebook = rulebook;
        Kind = kind;
        IssuedOn = issuedOn;
        Holder = holder;
        HoldsIdentity = holder is not null || history.Effective.Any(recorded => recorded.Event is DependantAdded);
        _authority = Once(authority, alike?._authority);
        _restricted = restricted == authority ? _authority : Once(restricted, alike?._restricted);
        _records = Once(records, alike?._records);
    }

    /// <summary>The permit's number.</summary>
    public PermitNumber Number { get; }

    /// <summary>The rulebook it was compiled under: what is decided by it is decided under this one alone.</summary>
    public Rulebook Rulebook { get; }

    /// <summary>Its kind.</summary>
    public PermitKind Kind { get; }

    /// <summary>Its issue date.</summary>
    public DateOnly IssuedOn { get; }

    /// <summary>The digest of the holder's identity number, where the registry holds one.</summary>
    public IdentityDigest? Holder { get; }

    /// <summary>Whether the registry holds anybody's identity number for it, on any date.</summary>
    public bool HoldsIdentity { get; }

    /// <summary>The segment that a date lies in. The first one is the time before issue.</summary>
    public TimelineSegment SegmentOn(DateOnly date, StandingView view)
    {
        var segments = view == StandingView.Authority ? _authority : _restricted;
        return segments[IndexOn(segments, date)];
    }

    /// <summary>The first day of an interval, both ends included, on which the permit is not valid, and its status then; null when it is throughout.</summary>
    public (DateOnly On, PermitStatus Status)? FirstNotValid(DateOnly from, DateOnly through)
    {
        // Notices do not end validity: every view tells the same.
        for (var i = IndexOn(_authority, from); i < _authority.Length && _authority[i].From <= through; i++)
        {
            if (_authority[i].Standing.Status is not PermitStatus.Valid and var status)
            {
                return (_authority[i].From < from ? from : _authority[i].From, status);
            }
        }

        return null;
    }

    /// <summary>What the registry says on a date; null before issue.</summary>
    public PermitRecord? RecordOn(DateOnly date)
    {
        var index = _records.Length - 1;
        while (index >= 0 && _records[index].From > date)
        {
            index--;
        }

        return index < 0 ? null : _records[index];
    }

    /// <summary>The runs of equal standing: past ones as they turned out, coming ones as scheduled. Neighbours differ.</summary>
    public IEnumerable<TimelineRun> Runs(StandingView view)
    {
        var segments = view == StandingView.Authority ? _authority : _restricted;
        var start = segments[0];
        foreach (var segment in segments)
        {
            if (segment.Standing != start.Standing)
            {
                yield return new TimelineRun(start.From, segment.From, start.Standing);
                start = segment;
            }
        }

        yield return new TimelineRun(start.From, Calendar.Never, start.Standing);
    }

    private static int IndexOn(ImmutableArray<TimelineSegment> segments, DateOnly date)
    {
        var index = segments.Length - 1;
        while (segments[index].From > date)
        {
            index--;
        }

        return index;
    }

    private static ImmutableArray<T> Once<T>(ImmutableArray<T> made, ImmutableArray<T>? kept) =>
        kept is { } same && made.SequenceEqual(same) ? same : made;
}
