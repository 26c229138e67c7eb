using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;
using Verification.Caching.Telemetry;

namespace Verification.Caching.Redis;

/// <summary>When Redis is left alone: for a while after half of the calls of two seconds failed, if they were ten or more.</summary>
internal static class RedisCircuit
{
    public static ResiliencePipeline Build(TimeSpan pause, TimeProvider clock, ILogger logger, CircuitBreakerStateProvider state) =>
        new ResiliencePipelineBuilder { TimeProvider = clock }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                FailureRatio = 0.5,
                MinimumThroughput = 10,
                SamplingDuration = TimeSpan.FromSeconds(2),
                BreakDuration = pause,
                StateProvider = state,
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
