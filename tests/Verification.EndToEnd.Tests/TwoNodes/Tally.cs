using System.Collections.Concurrent;
using Grpc.Core;
using Permits.Verification.V1;
using Verification.Audit.Records;

namespace Verification.EndToEnd.Tests.TwoNodes;

/// <summary>What callers saw: answers by their identifiers, and what went wrong. Safe for all of them at once.</summary>
internal sealed class Tally
{
    // Beyond these nobody reads on.
    private const int MostTold = 20;

    private readonly ConcurrentBag<CheckId> _answered = [];
    private readonly ConcurrentQueue<string> _wrong = new();
    private readonly ConcurrentDictionary<string, int> _cured = new();
    private long _longest;

    /// <summary>All answers that were received.</summary>
    public IReadOnlyCollection<CheckId> Answered => _answered;

    /// <summary>Errors that one retry cured, and how many of each.</summary>
    public string Cured => _cured.IsEmpty ? "none" : string.Join(", ", _cured.OrderByDescending(pair => pair.Value).Select(pair => $"{pair.Value} × {pair.Key}"));

    /// <summary>The longest call, its retry included.</summary>
    public TimeSpan Longest => TimeSpan.FromTicks(Interlocked.Read(ref _longest));

    /// <summary>That no answer was wrong, and no error stayed after a retry.</summary>
    public void AssertNothingWrong() => Assert.True(_wrong.IsEmpty, string.Join('\n', _wrong));

    /// <summary>An answer came.</summary>
    public void Take(string checkId, string number, PermitStatus told, PermitStatus expected)
    {
        if (!CheckId.TryParse(checkId, out var id))
        {
            TakeWrong($"{number}: no identifier but '{checkId}'");
            return;
        }

        _answered.Add(id);
        if (told != expected)
        {
            TakeWrong($"{number}: {told} instead of {expected} ({checkId})");
        }
    }

    /// <summary>Something that must not be.</summary>
    public void TakeWrong(string what)
    {
        if (_wrong.Count < MostTold)
        {
            _wrong.Enqueue(what);
        }
    }

    /// <summary>Makes a call, and where it fails once more at once.</summary>
    /// <returns>Its answer, or null where both failed.</returns>
    public async Task<T?> AskAsync<T>(string what, Func<Task<T>> callAsync)
        where T : class
    {
        var begun = TimeProvider.System.GetTimestamp();
        try
        {
            return await callAsync();
        }
        catch (RpcException first)
        {
            try
            {
                var answer = await callAsync();
                _cured.AddOrUpdate($"{what} {first.StatusCode}", 1, (_, count) => count + 1);
                return answer;
            }
            catch (RpcException second)
            {
                TakeWrong($"{what}: {first.Status}, and then {second.Status}");
                return null;
            }
        }
        finally
        {
            TakeLength(TimeProvider.System.GetElapsedTime(begun));
        }
    }

    private void TakeLength(TimeSpan length)
    {
        for (var longest = Interlocked.Read(ref _longest); length.Ticks > longest;)
        {
            var seen = Interlocked.CompareExchange(ref _longest, length.Ticks, longest);
            longest = seen == longest ? length.Ticks : seen;
        }
    }
}
