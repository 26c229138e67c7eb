using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;
using Verification.Caching.Telemetry;

namespace Verification.Caching.Redis;

/// <summary>
/// When Redis is left alone: for a while after half of the calls of two seconds failed, if they were ten or more. Reads and writes have one
/// each: a Redis that is full, or read-only after a failover, refuses writes and answers reads.
/// </summary>
internal sealed class RedisCircuit
{
    private readonly CircuitBreakerStateProvider _state = new();
    private readonly ResiliencePipeline _pipeline;

    /// <param name="what">What goes through it, as the log says it: "reads" or "writes".</param>
    /// <param name="pause">For how long.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="logger">The log.</param>
    public RedisCircuit(string what, TimeSpan pause, TimeProvider clock, ILogger logger) =>
        _pipeline = new ResiliencePipelineBuilder { TimeProvider = clock }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                FailureRatio = 0.5,
                MinimumThroughput = 10,
                SamplingDuration = TimeSpan.FromSeconds(2),
                BreakDuration = pause,
                StateProvider = _state,
                OnOpened = opened =>
                {
                    Log.RedisLeftAlone(logger, what, opened.BreakDuration, RedisFailure.Told(opened.Outcome.Exception!));
                    return default;
                },
                OnClosed = _ =>
                {
                    Log.RedisAnswersAgain(logger, what);
                    return default;
                },
            })
            .Build();

    /// <summary>Whether nothing goes through for now.</summary>
    public bool IsOpen => _state.CircuitState != CircuitState.Closed;

    /// <summary>Makes a call if it may be made. Throws nothing.</summary>
    public async ValueTask<Outcome<T>> CallAsync<T>(Func<ValueTask<Outcome<T>>> call)
    {
        // Not with the caller's token: a caller that gives up says nothing about Redis, and the time-out is short.
        var context = ResilienceContextPool.Shared.Get(CancellationToken.None);
        try
        {
            return await _pipeline.ExecuteOutcomeAsync(static async (_, once) => await once(), context, call);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }
}
