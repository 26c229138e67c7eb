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

    /// <summary>Commits an event: the permit's issue at first, then one more child of the holder, told by its digest.</summary>
    public void Append(PermitNumber number)
    {
        Counter++;
        var known = Present.Events.Any(change => change.Number == number);
        PermitEvent happening = known
            ? new DependantAdded(Day, SubjectRole.Child, DigestOf(++_eventIds))
            : new Issued(Day, PermitKind.WorkResidencePermit);
        Present.Events.Add(new Change(number, new RecordedEvent(Counter, happening, clock.GetUtcNow(), "model")));
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
        if (timeline is null || events.Count == 0)
        {
            return timeline is null && events.Count == 0;
        }

        var family = timeline.RecordOn(Day)!.Family;
        return family.Length == events.Count - 1
            && (family.IsEmpty || family[^1].Identity == ((DependantAdded)events[^1].Event).Identity);
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
