using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Grpc.Core;
using Microsoft.AspNetCore.Connections.Features;
using Permits.Verification.V1;
using Verification.FakeService;
using Xunit;

namespace Verification.Client.Tests.Many;

public sealed class VerifyManyAsyncTests : IAsyncDisposable
{
    private readonly LeapingTime _time = new();
    private readonly ConcurrentQueue<BatchVerifyPermitsRequest> _batches = new();
    private FakeService.FakeService? _service;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(1_000, 1)]
    [InlineData(6_500, 7)]
    public async Task VerifyManyAsync_AnyNumber_IsAnsweredInOrderInBatches(int count, int batches)
    {
        using var client = await StartAsync();

        var outcomes = await client.VerifyManyAsync(Answers.Checks(count), cancellationToken: Token).ToListAsync(Token);

        Assert.Equal(Enumerable.Range(0, count).Select(index => ((long)index, Answers.NumberOf(index))), outcomes.Select(it => (it.Index, it.Verdict!.PermitNumber)));
        Assert.Equal(batches, _batches.Count);
    }

    [Fact]
    public async Task VerifyManyAsync_OptionsOfAll_AreSetOnTheBatch()
    {
        using var client = await StartAsync();

        await client.VerifyManyAsync(Answers.Checks(1), new() { KnownAtRevision = 7, RulebookVersion = "2026.2" }, Token).CountAsync(Token);
        await client.VerifyManyAsync(Answers.Checks(1), new() { Freshness = PermitFreshness.FullyConsistent }, Token).CountAsync(Token);

        Assert.Collection(
            _batches,
            batch => Assert.Equal((7, "2026.2", null), (batch.KnownAtRevision, batch.RulebookVersion, batch.Freshness)),
            batch => Assert.Equal((false, "", true), (batch.HasKnownAtRevision, batch.RulebookVersion, batch.Freshness.FullyConsistent)));
    }

    [Fact]
    public async Task VerifyManyAsync_WrongCheck_HasAFaultAndStopsNoOther()
    {
        using var client = await StartAsync();
        _service!.Script.Stream = batch =>
        {
            var answer = Answers.To(batch);
            answer.Response.Items[1] = new() { Error = Faults.Status(StatusCode.InvalidArgument, VerificationReasons.MalformedPermitNumber, "no") };
            answer.Response.Items[2] = new()
            {
                Error = Faults.Status(StatusCode.ResourceExhausted, VerificationReasons.GuessBudgetExhausted, "no", TimeSpan.FromDays(1)),
            };
            return answer;
        };

        var outcomes = await client.VerifyManyAsync(Answers.Checks(4), cancellationToken: Token).ToListAsync(Token);

        Assert.Equal(
            [null, VerificationReasons.MalformedPermitNumber, VerificationReasons.GuessBudgetExhausted, null], outcomes.Select(outcome => outcome.Fault?.Reason));
        Assert.Equal([true, false, false, true], outcomes.Select(outcome => outcome.IsAnswered));
    }

    [Fact]
    public async Task VerifyManyAsync_TooFast_WaitsAsLongAsTheServiceSays()
    {
        using var client = await StartAsync();
        var calls = 0;
        _service!.Script.StreamCall = async (requests, responses, context) =>
        {
            // The second message of the first two streams is too much; what was sent behind it is left unread.
            var most = Interlocked.Increment(ref calls) <= 2 ? 1 : int.MaxValue;
            for (var message = 0; message <= most && await requests.MoveNext(context.CancellationToken); message++)
            {
                var answer = message < most
                    ? Note(requests.Current.Batch)
                    : new() { Error = Faults.Status(StatusCode.ResourceExhausted, VerificationReasons.RateExceeded, "no", TimeSpan.FromMilliseconds(730)) };
                answer.Sequence = requests.Current.Sequence;
                await responses.WriteAsync(answer, context.CancellationToken);
            }
        };

        var outcomes = await client.VerifyManyAsync(Answers.Checks(5_000), cancellationToken: Token).ToListAsync(Token);

        AssertWhole(outcomes, 5_000);
        Assert.Equal([TimeSpan.FromMilliseconds(730), TimeSpan.FromMilliseconds(730)], _time.Waits);
    }

    [Fact]
    public async Task VerifyManyAsync_UnknownNumbersUsedUpWithinABatch_GoesOnFromThereInSmallBatches()
    {
        using var client = await StartAsync();
        var isFirst = true;
        _service!.Script.Stream = batch =>
        {
            var answer = Note(batch);
            if (!isFirst)
                return answer;
            isFirst = false;
            for (var i = 300; i < batch.Checks.Count; i++)
            {
                answer.Response.Items[i] = new()
                {
                    Error = Faults.Status(StatusCode.ResourceExhausted, VerificationReasons.UnknownBudgetExhausted, "no", TimeSpan.FromSeconds(1)),
                };
            }
            return answer;
        };

        var outcomes = await client.VerifyManyAsync(Answers.Checks(1_000), cancellationToken: Token).ToListAsync(Token);

        AssertWhole(outcomes, 1_000);
        Assert.Equal([TimeSpan.FromSeconds(1)], _time.Waits);
        Assert.Equal((1_000, 20), (_batches.First().Checks.Count, _batches.ElementAt(1).Checks.Count));
        Assert.Equal(Answers.NumberOf(300), _batches.ElementAt(1).Checks[0].PermitNumber);
    }

    /// <summary>The second connection answers what the first one left.</summary>
    [Fact]
    public async Task VerifyManyAsync_ConnectionCut_GoesOnWithWhatHasNoAnswer()
    {
        using var client = await StartAsync();
        var calls = 0;
        _service!.Script.StreamCall = async (requests, responses, context) =>
        {
            var isFirst = Interlocked.Increment(ref calls) == 1;
            var answered = 0;
            await foreach (var request in requests.ReadAllAsync(context.CancellationToken))
            {
                if (isFirst && answered++ == 2)
                {
                    context.GetHttpContext().Features.Get<IConnectionLifetimeFeature>()!.Abort();
                    return;
                }
                var answer = Note(request.Batch);
                answer.Sequence = request.Sequence;
                await responses.WriteAsync(answer, context.CancellationToken);
            }
        };

        var outcomes = await client.VerifyManyAsync(Answers.Checks(5_000), cancellationToken: Token).ToListAsync(Token);

        AssertWhole(outcomes, 5_000);
        Assert.Equal(2, calls);
    }

    [Fact]
    public async Task VerifyManyAsync_ServiceStoppedAndStarted_GoesOn()
    {
        using var client = await StartAsync();
        var port = _service!.Address.Port;
        var told = 0;
        _service.Script.Stream = Note;

        await foreach (var outcome in client.VerifyManyAsync(Slowly(Answers.Checks(1_200), Token), cancellationToken: Token))
        {
            Assert.Equal(told, outcome.Index);
            if (++told != 1_000)
                continue;
            await _service.AbortAsync();
            await _service.DisposeAsync();
            _service = await FakeService.FakeService.StartAsync(port: port);
            _service.Script.Stream = Note;
        }

        Assert.Equal(1_200, told);
    }

    [Fact]
    public async Task VerifyManyAsync_BatchWithoutAnswer_IsAskedAgainAfterTheDeadline()
    {
        using var client = await StartAsync(options => (options.TimeProvider, options.Deadline) = (TimeProvider.System, TimeSpan.FromMilliseconds(200)));
        var calls = 0;
        _service!.Script.StreamCall = async (requests, responses, context) =>
        {
            var hangs = Interlocked.Increment(ref calls) == 1;
            await foreach (var request in requests.ReadAllAsync(context.CancellationToken))
            {
                if (hangs)
                    continue;
                var answer = Note(request.Batch);
                answer.Sequence = request.Sequence;
                await responses.WriteAsync(answer, context.CancellationToken);
            }
        };

        AssertWhole(await client.VerifyManyAsync(Answers.Checks(10), cancellationToken: Token).ToListAsync(Token), 10);
        Assert.Equal(2, calls);
    }

    [Fact]
    public async Task VerifyManyAsync_NobodyCanTellForTooLong_TellsWhatWasAnsweredAndThrows()
    {
        using var client = await StartAsync(options => options.LongestWait = TimeSpan.FromSeconds(5));
        _service!.Script.Stream = batch =>
        {
            var answer = Answers.To(batch);
            for (var i = Math.Max(0, answer.Response.Items.Count - 600); i < answer.Response.Items.Count; i++)
                answer.Response.Items[i] = new() { Error = Faults.Status(StatusCode.Unavailable, VerificationReasons.RegistryUnavailable, "no", TimeSpan.FromSeconds(1)) };
            return answer;
        };
        var told = new List<PermitOutcome>();

        var exception = await Assert.ThrowsAsync<PermitVerificationException>(async () =>
        {
            await foreach (var outcome in client.VerifyManyAsync(Answers.Checks(1_000), cancellationToken: Token))
                told.Add(outcome);
        });

        Assert.Equal((VerificationReasons.RegistryUnavailable, true), (exception.Reason, exception.CouldNotTell));
        AssertWhole(told, 400);
        Assert.InRange(_time.Waits.Sum(wait => wait.TotalSeconds), 4, 6.5);
    }

    [Fact]
    public async Task VerifyManyAsync_ServiceRefuses_ThrowsAtOnce()
    {
        using var client = await StartAsync();
        _service!.Script.Stream = _ => throw Faults.Create(StatusCode.PermissionDenied, VerificationReasons.BatchesNotAllowed, "no");

        var exception = await Assert.ThrowsAsync<PermitVerificationException>(
            async () => await client.VerifyManyAsync(Answers.Checks(10), cancellationToken: Token).CountAsync(Token));

        Assert.Equal(VerificationReasons.BatchesNotAllowed, exception.Reason);
        Assert.Empty(_time.Waits);
    }

    public static TheoryData<string, Action<StreamVerifyPermitsResponse>> Crossed => new()
    {
        { "another sequence", answer => answer.Sequence++ },
        { "an item too few", answer => answer.Response.Items.RemoveAt(0) },
        { "items in another order", answer => (answer.Response.Items[0], answer.Response.Items[1]) = (answer.Response.Items[1], answer.Response.Items[0]) },
        { "an item with nothing", answer => answer.Response.Items[0] = new() },
        { "nothing", answer => answer.ClearOutcome() },
    };

    [Theory]
    [MemberData(nameof(Crossed))]
    public async Task VerifyManyAsync_AnswerToAnotherQuestion_IsNone(string what, Action<StreamVerifyPermitsResponse> cross)
    {
        Assert.NotEmpty(what);
        using var client = await StartAsync();
        _service!.Script.StreamCall = async (requests, responses, context) =>
        {
            await foreach (var request in requests.ReadAllAsync(context.CancellationToken))
            {
                var answer = Note(request.Batch);
                answer.Sequence = request.Sequence;
                cross(answer);
                await responses.WriteAsync(answer, context.CancellationToken);
            }
        };

        var exception = await Assert.ThrowsAsync<PermitVerificationException>(
            async () => await client.VerifyManyAsync(Answers.Checks(3), cancellationToken: Token).CountAsync(Token));

        Assert.Equal(VerificationReasons.AnswerMismatch, exception.Reason);
    }

    [Fact]
    public async Task VerifyManyAsync_OneRound_AsksAllAsOfTheFirstAnswer()
    {
        using var client = await StartAsync();

        var outcomes = await client.VerifyManyAsync(Answers.Checks(3_000), new() { OneRound = true }, Token).ToListAsync(Token);

        AssertWhole(outcomes, 3_000);
        Assert.False(_batches.First().HasKnownAtRevision);
        Assert.All(_batches.Skip(1), batch => Assert.Equal((7L, Answers.Today), (batch.KnownAtRevision, batch.Checks[0].AsOf)));
    }

    [Fact]
    public async Task VerifyManyAsync_OneRoundUnderTwoRulebooks_Stops()
    {
        using var client = await StartAsync();
        var messages = 0;
        _service!.Script.Stream = batch =>
        {
            var answer = Note(batch);
            if (++messages == 2)
                answer.Response.Items[0].Response.Provenance.RulebookVersion = "2027.1";
            return answer;
        };
        var told = 0;

        var exception = await Assert.ThrowsAsync<PermitVerificationException>(async () =>
        {
            await foreach (var outcome in client.VerifyManyAsync(Answers.Checks(2_000), new() { OneRound = true }, Token))
                told++;
        });

        Assert.Equal((VerificationReasons.AnswerMismatch, 1_000), (exception.Reason, told));
    }

    /// <summary>Outcomes that nobody takes hold up the reading of checks.</summary>
    [Fact]
    public async Task VerifyManyAsync_SlowTaker_ReadsNoMoreThanSomeThousandAhead()
    {
        using var client = await StartAsync();
        var read = 0;
        var told = 0;

        await foreach (var outcome in client.VerifyManyAsync(Counted(), cancellationToken: Token))
        {
            Assert.InRange(read, 1, told + 5_000);
            if (++told == 20_000)
                break;
        }

        Assert.Equal(20_000, told);

        IEnumerable<PermitCheck> Counted()
        {
            foreach (var check in Answers.Checks(90_000))
            {
                read++;
                yield return check;
            }
        }
    }

    /// <summary>A live source: what it has is asked, though it may yet have more.</summary>
    [Fact]
    public async Task VerifyManyAsync_SourceThatPauses_IsAnsweredMeanwhile()
    {
        using var client = await StartAsync();
        var answered = new TaskCompletionSource();
        var told = new List<PermitOutcome>();

        await foreach (var outcome in client.VerifyManyAsync(Live(Token), cancellationToken: Token))
        {
            told.Add(outcome);
            if (told.Count == 2)
                answered.SetResult();
        }

        AssertWhole(told, 3);

        async IAsyncEnumerable<PermitCheck> Live([EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            yield return new(Answers.NumberOf(0));
            yield return new(Answers.NumberOf(1));
            await answered.Task.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System, cancellationToken);
            yield return new(Answers.NumberOf(2));
        }
    }

    [Fact]
    public async Task VerifyManyAsync_SourceFails_ThrowsItsException()
    {
        using var client = await StartAsync();

        await Assert.ThrowsAsync<InvalidDataException>(
            async () => await client.VerifyManyAsync(Broken(), cancellationToken: Token).CountAsync(Token));

        static IEnumerable<PermitCheck> Broken()
        {
            yield return new(Answers.NumberOf(0));
            throw new InvalidDataException();
        }
    }

    [Fact]
    public async Task VerifyManyAsync_TakerStopsEarly_EndsTheCall()
    {
        using var client = await StartAsync();
        var ended = new TaskCompletionSource();
        _service!.Script.StreamCall = async (requests, responses, context) =>
        {
            using var registration = context.CancellationToken.Register(ended.SetResult);
            Assert.True(await requests.MoveNext(context.CancellationToken));
            var answer = Note(requests.Current.Batch);
            answer.Sequence = requests.Current.Sequence;
            await responses.WriteAsync(answer, context.CancellationToken);
            await ended.Task;
        };

        await foreach (var outcome in client.VerifyManyAsync(Answers.Checks(5_000), cancellationToken: Token))
            break;

        await ended.Task.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System, Token);
    }

    [Fact]
    public async Task VerifyManyAsync_GivenUp_IsCancelled()
    {
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(Token);
        using var client = await StartAsync();
        _service!.Script.StreamCall = async (_, _, context) =>
        {
            await giveUp.CancelAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.CancellationToken);
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await client.VerifyManyAsync(Answers.Checks(1), cancellationToken: giveUp.Token).CountAsync(Token));
    }

    [Fact]
    public async Task VerifyManyAsync_CheckWithARevision_SaysWhereItBelongs()
    {
        using var client = await StartAsync();

        var exception = await Assert.ThrowsAsync<ArgumentException>(async () => await client.VerifyManyAsync(
            [new PermitCheck("BJ2024D00001"), new PermitCheck("BJ2024D00002") { KnownAtRevision = 7 }], cancellationToken: Token).CountAsync(Token));

        Assert.Equal("Check 1 has a KnownAtRevision, which belongs into VerifyManyOptions.", exception.Message);
    }

    public async ValueTask DisposeAsync()
    {
        if (_service is not null)
            await _service.DisposeAsync();
    }

    private static void AssertWhole(IReadOnlyList<PermitOutcome> outcomes, int count) => Assert.Equal(
        Enumerable.Range(0, count).Select(index => ((long)index, Answers.NumberOf(index))),
        outcomes.Select(outcome => (outcome.Index, outcome.Verdict!.PermitNumber)));

    /// <summary>One by one, so that the last outcomes are not asked before the first are told.</summary>
    private static async IAsyncEnumerable<PermitCheck> Slowly(
        IEnumerable<PermitCheck> checks, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var (index, check) in checks.Index())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (index == 1_000)
                await Task.Yield();
            yield return check;
        }
    }

    private StreamVerifyPermitsResponse Note(BatchVerifyPermitsRequest batch)
    {
        _batches.Enqueue(batch);
        return Answers.To(batch);
    }

    private async Task<PermitVerificationClient> StartAsync(Action<PermitVerificationOptions>? configure = null)
    {
        _service = await FakeService.FakeService.StartAsync();
        _service.Script.Stream = Note;
        var options = new PermitVerificationOptions { Address = _service.Address, TimeProvider = _time, Deadline = null };
        configure?.Invoke(options);
        return new(options);
    }
}
