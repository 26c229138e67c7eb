using Permits.Verification.V1;
using Verification.Client;

namespace Verification.EndToEnd.Tests.TwoNodes;

/// <summary>
/// Callers of all kinds, through the balancer and directly over TLS: single checks, batches, lists on a stream, timelines, and an authority that
/// records and asks at once for what it recorded. Each asks again and again, with a pause; every answer is looked at.
/// </summary>
internal sealed class MixedLoad : IAsyncDisposable
{
    private const int SingleCallers = 4;
    private const int BatchSize = 20;
    private const int ListSize = 200;

    private readonly PermitVerificationClient _balanced;
    private readonly PermitVerificationClient _authority;
    private readonly PermitVerificationClient _direct;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _callers;
    private int _issued = KnownPermits.Count;

    public MixedLoad(Deployment deployment, int seed)
    {
        (_balanced, _authority, _direct) = (deployment.BalancedClient("school"), deployment.BalancedClient("authority"), deployment.DirectClient("school"));
        _callers = Task.WhenAll(
        [
            .. Enumerable.Range(0, SingleCallers).Select(i => RunAsync(seed + i, TimeSpan.FromMilliseconds(20), random => AskOneAsync(_balanced, "a check", random))),
            .. Enumerable.Range(SingleCallers, SingleCallers).Select(i => RunAsync(seed + i, TimeSpan.FromMilliseconds(20), random => AskOneAsync(_direct, "a direct check", random))),
            RunAsync(seed + 101, TimeSpan.FromMilliseconds(100), AskBatchAsync),
            RunAsync(seed + 102, TimeSpan.FromMilliseconds(50), AskTimelineAsync),
            RunAsync(seed + 103, TimeSpan.FromSeconds(2), AskListAsync),
            RunAsync(seed + 104, TimeSpan.FromMilliseconds(100), RecordAsync),
        ]);
    }

    /// <summary>What the callers saw.</summary>
    public Tally Seen { get; } = new();

    /// <summary>Lets every caller end what it has begun.</summary>
    public async Task StopAsync()
    {
        await _end.CancelAsync();
        await _callers;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _balanced.Dispose();
        _authority.Dispose();
        _direct.Dispose();
        _end.Dispose();
    }

    private async Task RunAsync(int seed, TimeSpan pause, Func<Random, Task> askAsync)
    {
        var random = new Random(seed);
        await Task.Yield();
        while (!_end.IsCancellationRequested)
        {
            try
            {
                await askAsync(random);
            }
            catch (Exception failure) when (failure is not OutOfMemoryException)
            {
                // Whatever it is, the test shall tell it, and the load go on.
                Seen.TakeWrong(failure.ToString());
            }

            await Task.Delay(pause, TimeProvider.System, CancellationToken.None);
        }
    }

    private async Task AskOneAsync(PermitVerificationClient client, string what, Random random)
    {
        var permit = random.Next(KnownPermits.Count);
        var answer = await Seen.AskAsync(what, () => client.Verification.VerifyPermitAsync(KnownPermits.CheckOf(permit)).ResponseAsync);
        Take(permit, answer, KnownPermits.StatusOf(permit));
    }

    private async Task AskBatchAsync(Random random)
    {
        var permits = Enumerable.Range(0, BatchSize).Select(_ => random.Next(KnownPermits.Count)).ToArray();
        var batch = new BatchVerifyPermitsRequest { Checks = { permits.Select(KnownPermits.CheckOf) } };
        var answer = await Seen.AskAsync("a batch", () => _balanced.Verification.BatchVerifyPermitsAsync(batch).ResponseAsync);
        foreach (var (permit, item) in permits.Zip(answer?.Items ?? []))
        {
            if (item.Response is null)
            {
                Seen.TakeWrong($"An item of a batch: {item.Error}");
            }

            Take(permit, item.Response, KnownPermits.StatusOf(permit));
        }
    }

    private async Task AskTimelineAsync(Random random)
    {
        var permit = random.Next(KnownPermits.Count);
        if (KnownPermits.StatusOf(permit) == PermitStatus.NotFound)
        {
            return;
        }

        var question = new GetTimelineRequest { PermitNumber = KnownPermits.NumberOf(permit) };
        if (await Seen.AskAsync("a timeline", () => _direct.Verification.GetTimelineAsync(question).ResponseAsync) is { } answer)
        {
            var onTheDay = answer.Segments.LastOrDefault(segment => segment.From is not { } from || new DateOnly(from.Year, from.Month, from.Day) <= KnownPermits.Day)?.Status;
            Seen.Take(answer.Provenance.CheckId, question.PermitNumber, onTheDay ?? PermitStatus.NotYetValid, KnownPermits.StatusOf(permit));
        }
    }

    /// <summary>The client goes on by itself where a stream was cut.</summary>
    private async Task AskListAsync(Random random)
    {
        var permits = Enumerable.Range(0, ListSize).Select(_ => random.Next(KnownPermits.Count)).ToArray();
        var checks = permits.Select(permit => new PermitCheck(KnownPermits.NumberOf(permit)) { AsOf = KnownPermits.Day });
        var told = 0;
        await foreach (var outcome in _balanced.VerifyManyAsync(checks.ToAsyncEnumerable()))
        {
            var permit = permits[told++];
            if (outcome.Verdict is { } verdict)
            {
                Seen.Take(verdict.Provenance.CheckId, verdict.PermitNumber, (PermitStatus)(int)verdict.Status, KnownPermits.StatusOf(permit));
            }
            else
            {
                Seen.TakeWrong($"An item of a list: {outcome}");
            }
        }

        if (told != permits.Length)
        {
            Seen.TakeWrong($"A list of {permits.Length} has {told} answers.");
        }
    }

    private async Task RecordAsync(Random random)
    {
        var permit = _issued++;
        if (await Seen.AskAsync("recording", () => _authority.Registry.RecordEventAsync(KnownPermits.IssueOf(permit)).ResponseAsync) is { } recorded)
        {
            var check = KnownPermits.CheckOf(permit);
            check.Freshness = new Freshness { AtLeastRevision = recorded.Revision };
            var answer = await Seen.AskAsync("a check of what was recorded", () => _balanced.Verification.VerifyPermitAsync(check).ResponseAsync);
            Take(permit, answer, PermitStatus.Valid);
        }
    }

    private void Take(int permit, VerifyPermitResponse? answer, PermitStatus expected)
    {
        if (answer is not null)
        {
            Seen.Take(answer.Provenance.CheckId, KnownPermits.NumberOf(permit), answer.Verdict.Status, expected);
        }
    }
}
