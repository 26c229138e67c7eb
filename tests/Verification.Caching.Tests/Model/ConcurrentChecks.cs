using System.Collections.Concurrent;
using Verification.Core.Lookup;
using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Core.Registry;

namespace Verification.Caching.Tests.Model;

/// <summary>Asks real nodes from many threads, and holds the answers against what was committed, when all has ended.</summary>
internal sealed class ConcurrentChecks(PermitNumber[] numbers, DateOnly day, CommitLog commits)
{
    private readonly ConcurrentBag<Seen> _seen = [];
    private readonly ConcurrentQueue<(PermitNumber Number, long Revision)> _given = [];
    private readonly ConcurrentDictionary<string, int> _refused = [];

    public Tally<CheckKind> Kinds { get; } = new();

    public int Answered => _seen.Count;

    public int Refused => _refused.Values.Sum();

    public string Summary => string.Join(
        ", ",
        _seen.GroupBy(seen => seen.Answer.Source).Select(group => $"{group.Key} {group.Count()}")
            .Concat(_refused.Select(pair => $"{pair.Key} {pair.Value}")));

    public async Task CheckOnceAsync(IPermitLookup lookup, CancellationToken cancellationToken)
    {
        var question = AnyQuestion();
        PermitNumber[] asked = question.Kind != CheckKind.Repeated && Random.Shared.Next(10) == 0
            ? [question.Number, AnyNumber()]
            : [question.Number];
        try
        {
            var answers = await AskAsync(lookup, asked, question, cancellationToken);
            for (var i = 0; i < asked.Length; i++)
            {
                _seen.Add(new Seen(asked[i], answers[i], question, answers[i].Timeline?.RecordOn(day)!.Value.Edition ?? 0));
            }

            Kinds.Count(question.Kind);
            Remember(asked[0], answers[0].Revision);
        }
        catch (Exception exception) when (exception is StaleException or RegistryUnavailableException)
        {
            _refused.AddOrUpdate(exception.GetType().Name, 1, (_, count) => count + 1);
        }
    }

    /// <summary>Holds every answer against the truth.</summary>
    /// <param name="truth">Each number's events.</param>
    public void JudgeAll(IReadOnlyDictionary<PermitNumber, RecordedEvent[]> truth) => Assert.All(_seen, seen => Judge(seen, truth));

    private static async Task<IReadOnlyList<PermitAnswer>> AskAsync(
        IPermitLookup lookup, PermitNumber[] asked, Question question, CancellationToken cancellationToken)
    {
        if (asked.Length == 1)
        {
            return question.Exactly is { } at
                ? [await lookup.FindKnownAtAsync(asked[0], at, cancellationToken)]
                : [await lookup.FindAsync(asked[0], question.Demand, cancellationToken)];
        }

        var batch = question.Exactly is { } revision
            ? await lookup.FindManyKnownAtAsync(asked, revision, cancellationToken)
            : await lookup.FindManyAsync(asked, question.Demand, cancellationToken);
        return batch.Failure is null ? [.. batch.Answers.Select(answer => answer!.Value)] : throw batch.Failure;
    }

    private void Judge(Seen seen, IReadOnlyDictionary<PermitNumber, RecordedEvent[]> truth)
    {
        var (number, answer, question, events) = seen;
        var known = truth.GetValueOrDefault(number, []).TakeWhile(recorded => recorded.Revision <= answer.Revision);
        Assert.Equal(known.Sum(recorded => recorded.Event is Annulled ? -1 : 1), events);
        Assert.True(commits.NextBy(answer.Revision) >= answer.DataAsOf, $"A commit before the instant is missed: {seen}");
        Assert.True(answer.DataAsOf >= question.NotBefore, $"Staler than allowed: {seen}");
        Assert.True(answer.Revision >= question.AtLeast, $"Before the revision demanded: {seen}");
        Assert.True(question.Exactly is null || answer.Revision == question.Exactly, $"Not the revision asked for: {seen}");
    }

    private Question AnyQuestion()
    {
        var now = TimeProvider.System.GetUtcNow();
        var number = AnyNumber();
        switch (Random.Shared.Next(100))
        {
            case 0 or 1:
                return new(CheckKind.FullyConsistent, number, FreshnessDemand.FullyConsistent(), now, commits.Last);
            case 2 or 3:
                var staleness = TimeSpan.FromMilliseconds(Random.Shared.Next(200));
                return new(CheckKind.MaxStaleness, number, FreshnessDemand.MaxStaleness(staleness), now - staleness);
            case < 8:
                var revision = commits.Last;
                return new(CheckKind.AtLeastRevision, number, FreshnessDemand.AtLeastRevision(revision), now.AddSeconds(-5), revision);
            case < 12:
                return new(CheckKind.KnownAt, number, default, DateTimeOffset.MinValue, Exactly: commits.Any());
            case < 16 when _given.TryDequeue(out var given):
                return new(CheckKind.Repeated, given.Number, default, DateTimeOffset.MinValue, Exactly: given.Revision);
            default:
                return new(CheckKind.Default, number, default, now.AddSeconds(-5));
        }
    }

    private void Remember(PermitNumber number, long revision)
    {
        if (_given.Count < 1_000)
        {
            _given.Enqueue((number, revision));
        }
    }

    private PermitNumber AnyNumber() => numbers[Random.Shared.Next(numbers.Length)];

    private sealed record Question(
        CheckKind Kind, PermitNumber Number, FreshnessDemand Demand, DateTimeOffset NotBefore, long AtLeast = 0, long? Exactly = null);

    /// <param name="Number">The number.</param>
    /// <param name="Answer">What was answered.</param>
    /// <param name="Question">What was asked.</param>
    /// <param name="Events">Every event after the issue raises the card's edition, so the edition counts the events that are not annulled.</param>
    private sealed record Seen(PermitNumber Number, PermitAnswer Answer, Question Question, int Events);
}
