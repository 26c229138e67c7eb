using System.Collections.Immutable;
using Microsoft.Extensions.Time.Testing;
using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Core.Registry;
using Verification.Core.Rules.Timelines;

namespace Verification.Caching.Tests.Model;

/// <summary>
/// What is true: every event of every life of the registry, by revision. A restored backup begins a new life with a new id, its
/// counter past all that was handed out; so a revision tells the life that it is of.
/// </summary>
internal sealed class ModelRegistry(Random chance, FakeTimeProvider clock)
{
    private static readonly DateOnly Day = new(2026, 11, 1);

    private readonly List<Life> _lives = [new Life(NewId(chance), 0, [])];
    private long _eventIds;

    public long Counter { get; private set; }

    public RegistryHead Head => new(Present.Id, Counter, clock.GetUtcNow());

    private Life Present => _lives[^1];

    /// <summary>
    /// Commits an event: the permit's issue at first, told by its holder, then one more child, told by its digest, or the annulment of an
    /// event that no other rests on.
    /// </summary>
    /// <returns>What that is.</returns>
    public Disturbance Append(PermitNumber number)
    {
        Counter++;
        var (happening, what) = Next(Present.EventsOf(number, long.MaxValue));
        Present.Events.Add(new Change(number, new RecordedEvent(Counter, happening, clock.GetUtcNow(), "model")));
        return what;
    }

    /// <summary>Restores a backup of some earlier revision, as the operations text says it is done.</summary>
    public void Restore()
    {
        var backup = chance.NextInt64(Math.Max(0, Counter - 30), Counter + 1);
        Counter += chance.Next(1, 50);
        _lives.Add(new Life(NewId(chance), Counter, [.. Present.Events.Where(change => change.Recorded.Revision <= backup)]));
    }

    public PermitHistory? HistoryOf(PermitNumber number) => Present.HistoryOf(number, long.MaxValue);

    public RegistryChanges ChangesSince(long revision, int limit)
    {
        var at = Present.Events.FindIndex(change => change.Recorded.Revision == revision);
        EventMark? mark = at < 0 ? null : MarkOf(at);
        var changes = Present.Events.Where(change => change.Recorded.Revision > revision).Take(limit);

        // Never empty: what it holds of other numbers, the model leaves out.
        return new RegistryChanges(
            Head,
            mark,
            [.. changes.Select(change => new RegistryChange(change.Recorded.Revision, change.Number))],
            new LastRecorded(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch));
    }

    public RegistryStamps Stamps()
    {
        var stamps = new long[RegistryStamps.BucketCount];
        foreach (var change in Present.Events)
        {
            stamps[change.Number.Bucket] = change.Recorded.Revision;
        }

        return new RegistryStamps(Head, [.. stamps]);
    }

    /// <summary>Whether a change was an annulment.</summary>
    public bool IsAnnulment(RegistryChange change) =>
        Present.Events.Find(it => it.Recorded.Revision == change.Revision).Recorded?.Event is Annulled;

    /// <summary>Whether a restore left a revision out; once lost, it stays so.</summary>
    public bool IsLost(long revision) => revision <= Counter && !ChangesSince(revision, 1).StoodAt(revision);

    /// <summary>Whether a timeline is the one of exactly the events up to a revision.</summary>
    /// <param name="timeline">The timeline.</param>
    /// <param name="number">The permit.</param>
    /// <param name="revision">The revision.</param>
    /// <param name="laterLivesToo">
    /// For a revision that a caller names after a restore: the events after the backup are lost, and "as known at" them is then as
    /// the backup knew.
    /// </param>
    public bool IsExact(PermitTimeline? timeline, PermitNumber number, long revision, bool laterLivesToo)
    {
        var life = _lives.FindLastIndex(it => it.Start <= revision);
        return Enumerable.Range(life, laterLivesToo ? _lives.Count - life : 1)
            .Any(it => Matches(timeline, _lives[it].EventsOf(number, revision)));
    }

    /// <summary>The last revision committed before an instant.</summary>
    public long LastBefore(DateTimeOffset instant) => _lives
        .Max(life => life.Events.FindLast(change => change.Recorded.RecordedAt < instant).Recorded?.Revision ?? 0);

    private static bool Matches(PermitTimeline? timeline, IReadOnlyList<RecordedEvent> events)
    {
        var effective = Effective(events);
        return timeline is null || effective.Count == 0
            ? timeline is null && effective.Count == 0
            : timeline.Value.Holder == ((Issued)effective[0].Event).Holder?.First128Bits
                && timeline.Value.RecordOn(Day)!.Value.Family.Select(child => child.Identity)
                    .SequenceEqual(effective.Skip(1).Select(it => ((DependantAdded)it.Event).Identity.First128Bits));
    }

    /// <summary>The events that count, each with its place: found by striking out, not as the product finds them.</summary>
    private static List<(int Place, PermitEvent Event)> Effective(IReadOnlyList<RecordedEvent> events)
    {
        var effective = new List<(int Place, PermitEvent Event)>();
        for (var place = 1; place <= events.Count; place++)
        {
            if (events[place - 1].Event is Annulled annulled)
            {
                Assert.Equal(1, effective.RemoveAll(it => it.Place == annulled.Target));
            }
            else
            {
                effective.Add((place, events[place - 1].Event));
            }
        }

        return effective;
    }

    private static Guid NewId(Random chance)
    {
        var bytes = new byte[16];
        chance.NextBytes(bytes);
        return new Guid(bytes);
    }

    private static IdentityDigest DigestOf(long id)
    {
        var bytes = new byte[IdentityDigest.Size];
        BitConverter.TryWriteBytes(bytes, id);
        return IdentityDigest.FromBase64(Convert.ToBase64String(bytes));
    }

    private (PermitEvent Happening, Disturbance What) Next(IReadOnlyList<RecordedEvent> events)
    {
        var effective = Effective(events);
        if (effective.Count == 0)
        {
            var issued = new Issued(Day, PermitKind.WorkResidencePermit, Holder: DigestOf(++_eventIds));
            return (issued, events.Count == 0 ? Disturbance.Append : Disturbance.IssuedAgain);
        }

        if (chance.Next(3) > 0)
        {
            return (new DependantAdded(Day, SubjectRole.Child, DigestOf(++_eventIds)), Disturbance.Append);
        }

        var target = effective[effective.Count == 1 ? 0 : chance.Next(1, effective.Count)].Place;
        return (new Annulled(Day, target, "model"), effective.Count == 1 ? Disturbance.IssueAnnulled : Disturbance.Annulment);
    }

    private EventMark MarkOf(int index)
    {
        var (number, recorded) = Present.Events[index];
        return new EventMark(number, Present.Events.Take(index + 1).Count(change => change.Number == number), recorded.RecordedAt);
    }

    private readonly record struct Change(PermitNumber Number, RecordedEvent Recorded);

    private sealed record Life(Guid Id, long Start, List<Change> Events)
    {
        public ImmutableArray<RecordedEvent> EventsOf(PermitNumber number, long revision) =>
            [.. Events.Where(change => change.Number == number && change.Recorded.Revision <= revision).Select(change => change.Recorded)];

        public PermitHistory? HistoryOf(PermitNumber number, long revision) =>
            EventsOf(number, revision) is { IsEmpty: false } events ? new PermitHistory(number, events) : null;
    }
}
