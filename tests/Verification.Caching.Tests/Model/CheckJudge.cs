using Microsoft.Extensions.Time.Testing;
using Verification.Core.Lookup;
using Verification.Core.Permits;
using Verification.Core.Registry;

namespace Verification.Caching.Tests.Model;

/// <summary>Asks nodes and holds their answers against the model: invariants 1 to 3 of the design.</summary>
internal sealed class CheckJudge(ModelRegistry model, FakeTimeProvider trueTime, int seed, Mutation mutation)
{
    private const int Remembered = 200;

    private readonly List<(PermitNumber Number, long Revision)> _given = [];
    private Exception? _violation;

    public int Ended { get; private set; }

    public int Answered { get; private set; }

    /// <summary>Checks answered, by how they were asked.</summary>
    public Tally<CheckKind> Kinds { get; } = new();

    /// <summary>Checks refused, by why.</summary>
    public Dictionary<string, int> Refused { get; } = [];

    /// <summary>Numbers answered, by where from.</summary>
    public Dictionary<LookupSource, int> Sources { get; } = [];

    /// <summary>Asks once more what was answered some time ago, by whichever node; null when nothing was yet.</summary>
    public RandomCheck? Repeat(Random chance)
    {
        if (_given.Count == 0)
        {
            return null;
        }

        var (number, revision) = _given[chance.Next(_given.Count)];
        return new RandomCheck(CheckKind.Repeated, [number], default, revision, RandomCheck.AnyRulebook(chance));
    }

    public void ThrowIfViolated()
    {
        if (_violation is not null)
        {
            throw _violation;
        }
    }

    public async Task RunAsync(RandomCheck check, IPermitLookup lookup)
    {
        var begun = trueTime.GetUtcNow();
        var counter = model.Counter;
        try
        {
            var answers = await AskAsync(check, lookup);
            for (var i = 0; i < answers.Length; i++)
            {
                Judge(check, i, answers[i], begun, counter);
            }

            Answered++;
            Kinds.Count(check.Kind);
            Remember(check.Numbers[0], answers[0].Revision);
        }
        catch (Exception exception) when (exception is StaleException or RegistryUnavailableException)
        {
            Count(exception);
        }
        catch (RevisionUnknownException exception)
        {
            // The counter never falls, so a revision that is there when it is asked for stays known, but for those that a restore lost.
            Expect(exception.Asked > counter || (check.KnownAt is not null && model.IsLost(exception.Asked)), check, "a revision is called unknown that was there");
            Count(exception);
        }
        catch (Exception exception)
        {
            _violation ??= exception is ModelViolationException ? exception : new ModelViolationException($"{Where}: {exception}");
        }

        Ended++;
    }

    private static async Task<PermitAnswer[]> AskAsync(RandomCheck check, IPermitLookup lookup)
    {
        if (check.Numbers.Length == 1)
        {
            return check.KnownAt is { } at
                ? [await lookup.FindKnownAtAsync(check.Numbers[0], check.Rulebook, at, CancellationToken.None)]
                : [await lookup.FindAsync(check.Numbers[0], check.Rulebook, check.Demand, CancellationToken.None)];
        }

        var batch = check.KnownAt is { } revision
            ? await lookup.FindManyKnownAtAsync(check.Numbers, check.Rulebook, revision, CancellationToken.None)
            : await lookup.FindManyAsync(check.Numbers, check.Rulebook, check.Demand, CancellationToken.None);
        return batch.Failure is null ? [.. batch.Answers.Select(answer => answer!.Value)] : throw batch.Failure;
    }

    private void Judge(RandomCheck check, int index, PermitAnswer answer, DateTimeOffset begun, long counter)
    {
        Sources[answer.Source] = Sources.GetValueOrDefault(answer.Source) + 1;
        Expect(
            model.IsExact(answer.Timeline, check.Numbers[index], answer.Revision, laterLivesToo: check.KnownAt is not null),
            check,
            $"the answer is not the one at its revision {answer.Revision} (invariant 3)");
        Expect(
            answer.Rulebook == check.Rulebook && (answer.Timeline is not { } timeline || timeline.Rulebook == check.Rulebook),
            check,
            $"the answer is of rulebook {answer.Timeline?.Rulebook.Version ?? answer.Rulebook.Version}");
        Expect(
            model.LastBefore(answer.DataAsOf) <= answer.Revision,
            check,
            $"revision {answer.Revision} does not reflect all that was committed before {answer.DataAsOf:O} (invariant 1)");
        if (check.KnownAt is { } revision)
        {
            Expect(answer.Revision == revision, check, "the revision is not the one asked for");
            return;
        }

        Expect(answer.DataAsOf >= begun - check.Allowed, check, $"data as of {answer.DataAsOf:O} is staler than allowed (invariant 1)");
        Expect(answer.Revision >= check.Demand.Revision, check, "the revision is before the one demanded (invariant 2)");
        Expect(!check.Demand.IsFullyConsistent || answer.Revision >= counter, check, "a commit before the request is missed (invariant 2)");
    }

    private void Remember(PermitNumber number, long revision)
    {
        if (_given.Count == Remembered)
        {
            _given.RemoveAt(0);
        }

        _given.Add((number, revision));
    }

    private void Expect(bool holds, RandomCheck check, string otherwise)
    {
        if (!holds)
        {
            throw new ModelViolationException($"{Where}: {check}: {otherwise}.");
        }
    }

    private string Where => $"seed {seed}, mutation {mutation}, check {Ended + 1}";

    private void Count(Exception exception)
    {
        var name = exception.GetType().Name;
        Refused[name] = Refused.GetValueOrDefault(name) + 1;
    }
}
