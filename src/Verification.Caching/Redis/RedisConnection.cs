using Microsoft.Extensions.Logging;
using StackExchange.Redis;
using Verification.Caching.Telemetry;

namespace Verification.Caching.Redis;

/// <summary>
/// The connection to Redis, made in the background: a Redis that is away, at the start or later, holds up nothing. Once made, the
/// library reconnects by itself.
/// </summary>
internal sealed class RedisConnection : IAsyncDisposable
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stopped = new();
    private readonly ConfigurationOptions _configuration;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly Func<ConfigurationOptions, Task<ConnectionMultiplexer>> _connect;
    private readonly Task<ConnectionMultiplexer> _connecting;

    public RedisConnection(string connectionString, TimeProvider clock, ILogger logger)
        : this(connectionString, clock, logger, configuration => ConnectionMultiplexer.ConnectAsync(configuration))
    {
    }

    /// <summary>A connection that is made as told.</summary>
    internal RedisConnection(
        string connectionString, TimeProvider clock, ILogger logger, Func<ConfigurationOptions, Task<ConnectionMultiplexer>> connect)
    {
        _connect = connect;
        _clock = clock;
        _logger = logger;
        _configuration = ConfigurationOptions.Parse(connectionString);

        // Tried again here: the library would not say why it could not connect, a wrong certificate or password.
        _configuration.AbortOnConnectFail = true;
        _configuration.BacklogPolicy = BacklogPolicy.FailFast;

        // The detail is keys, with permit numbers in them, and the state of the process; failures are logged.
        _configuration.IncludeDetailInExceptions = false;

        // Callers wait by their own, shorter limit. This one only frees what a silent server would hold for ever.
        _configuration.AsyncTimeout = 1_000;
        _connecting = Task.Run(ConnectAsync);
    }

    /// <summary>The connection; null until it is made.</summary>
    public IConnectionMultiplexer? Current => _connecting.IsCompletedSuccessfully ? _connecting.Result : null;

    /// <summary>The connection, once it is made.</summary>
    public async Task<IConnectionMultiplexer> WhenMadeAsync(CancellationToken cancellationToken) =>
        await _connecting.WaitAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _stopped.CancelAsync();
        await ((Task)_connecting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_connecting.IsCompletedSuccessfully)
        {
            await _connecting.Result.DisposeAsync();
        }

        _stopped.Dispose();
    }

    private async Task<ConnectionMultiplexer> ConnectAsync()
    {
        while (true)
        {
            try
            {
                return await _connect(_configuration).WaitAsync(_stopped.Token);
            }
            catch (Exception exception) when (!_stopped.IsCancellationRequested)
            {
                // Whatever the library throws: without another try there would be no Redis until a restart.
                Log.RedisNotReached(_logger, RedisFailure.Told(exception));
                await Task.Delay(RetryAfter, _clock, _stopped.Token);
            }
        }
    }
}
