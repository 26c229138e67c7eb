using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;
using StackExchange.Redis;
using Verification.Caching.Telemetry;

namespace Verification.Caching.Redis;

/// <summary>
/// Bounds what Redis can cost. A caller waits no longer than the time-out (the library's own fires only on its heartbeat), calls under
/// way are limited in number, and when half of them fail Redis is left alone for a while, which costs microseconds.
/// </summary>
internal sealed class RedisGuard : IDisposable
{
    private const int MinimumThroughput = 10;

    private static readonly TimeSpan Sampling = TimeSpan.FromSeconds(2);

    private readonly RedisConnection _connection;
    private readonly RedisOptions _options;
    private readonly TimeProvider _clock;
    private readonly SemaphoreSlim _slots;
    private readonly ResiliencePipeline _breaker;

    public RedisGuard(RedisConnection connection, RedisOptions options, TimeProvider clock, ILogger logger)
    {
        _connection = connection;
        _options = options;
        _clock = clock;
        _slots = new SemaphoreSlim(options.MaxOutstandingCalls);
        _breaker = new ResiliencePipelineBuilder { TimeProvider = clock }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                FailureRatio = 0.5,
                MinimumThroughput = MinimumThroughput,
                SamplingDuration = Sampling,
                BreakDuration = options.BreakDuration,
                OnOpened = opened =>
                {
                    Log.RedisLeftAlone(logger, opened.BreakDuration, RedisFailure.Told(opened.Outcome.Exception!));
                    return default;
                },
                OnClosed = _ =>
                {
                    Log.RedisAnswersAgain(logger);
                    return default;
                },
            })
            .Build();
    }

    /// <summary>Makes a call if it may be made, and waits for it as long as is allowed. Throws nothing.</summary>
    public async ValueTask<RedisOutcome<T>> CallAsync<T>(Func<IConnectionMultiplexer, Task<T>> call)
    {
        if (_connection.Current is not { } connection)
        {
            return new RedisOutcome<T>(default, "disconnected");
        }

        // Not with the caller's token: a caller that gives up says nothing about Redis, and the time-out is short.
        var context = ResilienceContextPool.Shared.Get(CancellationToken.None);
        try
        {
            var outcome = await _breaker.ExecuteOutcomeAsync(
                async (_, state) => await state.Guard.CallOnceAsync(state.connection, state.call),
                context,
                (Guard: this, connection, call));
            return new RedisOutcome<T>(outcome.Result, outcome.Exception is { } exception ? ReasonOf(exception) : null);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    public void Dispose() => _slots.Dispose();

    private static string ReasonOf(Exception exception) => exception switch
    {
        BrokenCircuitException => "open",
        TimeoutException => "timeout",
        BusyException => "busy",
        _ => "error",
    };

    private async Task<Outcome<T>> CallOnceAsync<T>(IConnectionMultiplexer connection, Func<IConnectionMultiplexer, Task<T>> call)
    {
        if (!_slots.Wait(0))
        {
            return Outcome.FromException<T>(new BusyException());
        }

        // Whatever the library throws at what a server answers, or while it closes: to a lookup it is a miss.
        Task<T> answer;
        try
        {
            answer = call(connection);
        }
        catch (Exception exception)
        {
            _slots.Release();
            return Outcome.FromException<T>(exception);
        }

        // The slot is free when the call has ended, not when its caller went away: that is what bounds the calls under way.
        _ = FreeAfterAsync(answer);
        try
        {
            return Outcome.FromResult(await answer.WaitAsync(_options.Timeout, _clock));
        }
        catch (Exception exception)
        {
            return Outcome.FromException<T>(exception);
        }
    }

    private async Task FreeAfterAsync(Task answer)
    {
        await answer.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _slots.Release();
    }

    private sealed class BusyException : Exception;
}
