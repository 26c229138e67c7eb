using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;
using StackExchange.Redis;
using Verification.Caching.Telemetry;

namespace Verification.Caching.Redis;

/// <summary>
/// The connection to Redis, at a bounded cost whatever Redis does. It is made in the background, and once made the library reconnects by
/// itself: a Redis that is away, at the start or later, holds up nothing. A caller waits no longer than the time-out (the library's own
/// fires only on its heartbeat), calls under way are limited in number, and when half of the reads or of the writes fail they leave Redis alone for a while,
/// which costs microseconds.
/// </summary>
internal sealed class RedisConnection : IAsyncDisposable
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ToldEvery = TimeSpan.FromMinutes(1);

    private readonly CancellationTokenSource _stopped = new();
    private readonly RedisOptions _options;
    private readonly ConfigurationOptions _configuration;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly Func<ConfigurationOptions, Task<ConnectionMultiplexer>> _connect;
    private readonly Task<ConnectionMultiplexer> _connecting;
    private readonly SemaphoreSlim _slots;
    private readonly RedisCircuit _reads;
    private readonly RedisCircuit _writes;

    /// <summary>A connection that is being made.</summary>
    /// <param name="options">Valid settings with a connection string.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="logger">The log.</param>
    /// <param name="connect">Makes it; null means as the library does.</param>
    public RedisConnection(
        RedisOptions options, TimeProvider clock, ILogger logger, Func<ConfigurationOptions, Task<ConnectionMultiplexer>>? connect = null)
    {
        _options = options;
        _configuration = ConfigurationOf(options.ConnectionString!);
        _clock = clock;
        _logger = logger;
        _connect = connect ?? (configuration => ConnectionMultiplexer.ConnectAsync(configuration));
        _slots = new SemaphoreSlim(options.MaxOutstandingCalls);
        _reads = new RedisCircuit("reads", options.BreakDuration, clock, logger);
        _writes = new RedisCircuit("writes", options.BreakDuration, clock, logger);
        _connecting = Task.Run(ConnectAsync);
    }

    /// <summary>The connection; null until it is made.</summary>
    public IConnectionMultiplexer? Current => _connecting.IsCompletedSuccessfully ? _connecting.Result : null;

    /// <summary>Whether Redis is left alone for now, by reads or by writes, as these failed.</summary>
    public bool IsLeftAlone => _reads.IsOpen || _writes.IsOpen;

    /// <summary>The connection, once it is made.</summary>
    public async Task<IConnectionMultiplexer> WhenMadeAsync(CancellationToken cancellationToken) =>
        await _connecting.WaitAsync(cancellationToken);

    /// <summary>Reads, if it may be asked, and waits as long as is allowed. Throws nothing.</summary>
    public ValueTask<RedisOutcome<T>> ReadAsync<T>(Func<IConnectionMultiplexer, Task<T>> call) => CallAsync(_reads, call);

    /// <summary>Writes, if it may be asked, and waits as long as is allowed. Throws nothing.</summary>
    public ValueTask<RedisOutcome<T>> WriteAsync<T>(Func<IConnectionMultiplexer, Task<T>> call) => CallAsync(_writes, call);

    public async ValueTask DisposeAsync()
    {
        await _stopped.CancelAsync();
        await ((Task)_connecting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_connecting.IsCompletedSuccessfully)
        {
            await _connecting.Result.DisposeAsync();
        }

        _slots.Dispose();
        _stopped.Dispose();
    }

    private async ValueTask<RedisOutcome<T>> CallAsync<T>(RedisCircuit circuit, Func<IConnectionMultiplexer, Task<T>> call)
    {
        if (Current is not { } connection)
        {
            return new RedisOutcome<T>(default, "disconnected");
        }

        var outcome = await circuit.CallAsync(() => CallOnceAsync(connection, call));
        return new RedisOutcome<T>(outcome.Result, outcome.Exception is { } exception ? ReasonOf(exception) : null);
    }

    private static string ReasonOf(Exception exception) => exception switch
    {
        BrokenCircuitException => "open",
        TimeoutException => "timeout",
        BusyException => "busy",
        _ => "error",
    };

    private async Task<ConnectionMultiplexer> ConnectAsync()
    {
        long? told = null;
        for (var tries = 1; ; tries++)
        {
            try
            {
                var connection = await _connect(_configuration).WaitAsync(_stopped.Token);
                if (tries > 1)
                {
                    Log.RedisReached(_logger, tries);
                }

                return connection;
            }
            catch (Exception exception) when (!_stopped.IsCancellationRequested)
            {
                // Whatever the library throws: without another try there would be no Redis until a restart.
                if (told is not { } at || _clock.GetElapsedTime(at) >= ToldEvery)
                {
                    told = _clock.GetTimestamp();
                    Log.RedisNotReached(_logger, RedisFailure.Told(exception));
                }

                await Task.Delay(RetryAfter, _clock, _stopped.Token);
            }
        }
    }

    private static ConfigurationOptions ConfigurationOf(string connectionString)
    {
        var configuration = ConfigurationOptions.Parse(connectionString);

        // Tried again here: the library would not say why it could not connect, a wrong certificate or password.
        configuration.AbortOnConnectFail = true;
        configuration.BacklogPolicy = BacklogPolicy.FailFast;

        // The detail is keys, with permit numbers in them, and the state of the process; failures are logged.
        configuration.IncludeDetailInExceptions = false;

        // Callers wait by their own, shorter limit. This one only frees what a silent server would hold for ever.
        configuration.AsyncTimeout = 1_000;
        return configuration;
    }

    private async ValueTask<Outcome<T>> CallOnceAsync<T>(IConnectionMultiplexer connection, Func<IConnectionMultiplexer, Task<T>> call)
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
