using Grpc.AspNetCore.Server;
using Grpc.Core;

namespace Verification.Server.Hosting;

/// <summary>
/// Lets the streams end before the server closes their connections. Streams end themselves when the server stops; without this
/// wait the connection may close before the caller has read why. It counts real time: a shutdown takes no notice of a test's clock.
/// </summary>
internal sealed class OpenStreams(IHostApplicationLifetime lifetime) : IHostedLifecycleService
{
    // .NET's own HTTP/2 client forgets the end of a stream that it has received but not yet read when the connection closes.
    private static readonly TimeSpan TimeToRead = TimeSpan.FromMilliseconds(250);

    private readonly TaskCompletionSource _allEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // The server counts for one, until it stops.
    private int _open = 1;

    /// <summary>Counts a call that is a stream until its answer is sent.</summary>
    public RequestDelegate Before(RequestDelegate next) => context =>
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<GrpcMethodMetadata>()?.Method.Type is MethodType.DuplexStreaming or MethodType.ServerStreaming)
        {
            Track(context);
        }

        return next(context);
    };
    /// <summary>Tells everyone that the server stops and waits for the streams, at most for the time that a shutdown has.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        var anyOpen = Volatile.Read(ref _open) > 1;
        lifetime.StopApplication();
        Leave();
        await Task.WhenAny(_allEnded.Task, Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken));
        if (anyOpen)
        {
            await Task.WhenAny(Task.Delay(TimeToRead, TimeProvider.System, cancellationToken));
        }
    }

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Track(HttpContext context)
    {
        Interlocked.Increment(ref _open);
        context.Response.OnCompleted(() =>
        {
            Leave();
            return Task.CompletedTask;
        });
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref _open) == 0)
        {
            _allEnded.TrySetResult();
        }
    }
}
