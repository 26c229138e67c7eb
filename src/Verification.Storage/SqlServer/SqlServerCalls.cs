using Polly;
using Polly.Retry;

namespace Verification.Storage.SqlServer;

/// <summary>
/// Runs calls to the server within a time that holds whatever the server does: a frozen one never acknowledges that a command was
/// cancelled, so the caller stops waiting for it.
/// </summary>
/// <remarks>These times run on the machine's clock, whichever clock the rules are read by.</remarks>
internal sealed class SqlServerCalls(int maxRepeats)
{
    private readonly ResiliencePipeline _repeating = Repeating(maxRepeats);

    /// <summary>A call that is safe to repeat: it reads, or it names itself so that a second run finds the first.</summary>
    public Task<T> RunRepeatableAsync<T>(
        TimeSpan timeout, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken) =>
        RunAsync(_repeating, timeout, call, cancellationToken);

    /// <summary>A call that runs once.</summary>
    public static Task<T> RunOnceAsync<T>(
        TimeSpan timeout, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken) =>
        RunAsync(ResiliencePipeline.Empty, timeout, call, cancellationToken);

    /// <summary>A call by a pipeline of the caller's.</summary>
    public static async Task<T> RunAsync<T>(
        ResiliencePipeline pipeline, TimeSpan timeout, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(timeout);

        // On another thread: the driver begins and commits transactions by blocking the one it is called on.
        var token = deadline.Token;
        var running = Task.Run(() => pipeline.ExecuteAsync(async attempt => await call(attempt), token).AsTask(), token);
        try
        {
            return await running.WaitAsync(token);
        }
        catch (Exception exception) when (
            deadline.IsCancellationRequested && (exception is OperationCanceledException || SqlServerFaults.IsFault(exception)))
        {
            Forget(running);
            cancellationToken.ThrowIfCancellationRequested();
            throw SqlServerFaults.TimedOut(timeout);
        }
        catch (Exception exception) when (SqlServerFaults.IsFault(exception))
        {
            throw SqlServerFaults.Unavailable(exception);
        }
    }

    /// <summary>The server's time-out for a command that the caller gives so long: the next whole second.</summary>
    public static int CommandTimeout(TimeSpan timeout) => (int)Math.Ceiling(timeout.TotalSeconds);

    /// <summary>Nobody waits for the call any more: how it ends is of no interest.</summary>
    private static void Forget(Task abandoned) => abandoned.ContinueWith(
        static ended => ended.Exception,
        CancellationToken.None,
        TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
        TaskScheduler.Default);

    private static ResiliencePipeline Repeating(int maxRepeats) => maxRepeats == 0
        ? ResiliencePipeline.Empty
        : new ResiliencePipelineBuilder()
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = static failed => ValueTask.FromResult(
                    failed.Outcome.Exception is { } exception && TransientErrors.IsTransient(exception)),
                MaxRetryAttempts = maxRepeats,
                BackoffType = DelayBackoffType.Exponential,
                Delay = TimeSpan.FromMilliseconds(20),
                MaxDelay = TimeSpan.FromMilliseconds(500),
                UseJitter = true,
            })
            .Build();
}
