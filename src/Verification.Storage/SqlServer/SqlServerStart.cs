using System.Diagnostics;
using System.Net.Sockets;
using Microsoft.Data.SqlClient;
using Verification.Core.Registry;

namespace Verification.Storage.SqlServer;

/// <summary>
/// Waits at the start for a server that is not there yet, as where an orchestrator starts both at once. What will not pass by itself,
/// a refused login or a wrong setting of the database, is told at once.
/// </summary>
/// <param name="timeout">The longest that the start may take.</param>
/// <param name="waiting">Told what is waited for: when it changes, and every half minute.</param>
internal sealed class SqlServerStart(TimeSpan timeout, Action<string>? waiting)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TellAgainAfter = TimeSpan.FromSeconds(30);

    private RegistryUnavailableException? _last;
    private long _toldAt;
    private bool _failedForGood;

    /// <summary>Attempts until it succeeds, fails for good, or the time is over.</summary>
    /// <exception cref="RegistryUnavailableException">It failed for good; or the last failure that was to pass, and how long was waited.</exception>
    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> attempt, CancellationToken cancellationToken)
    {
        try
        {
            return await SqlServerCalls.RunOnceAsync(timeout, token => AttemptAsync(attempt, token), cancellationToken);
        }
        catch (RegistryUnavailableException) when (_last is not null && !_failedForGood)
        {
            throw new RegistryUnavailableException($"{_last.Message} It was waited for {timeout}.", _last);
        }
    }

    private static bool MayPass(Exception exception) => exception switch
    {
        RegistryUnavailableException { InnerException: SocketException } => true,
        SqlException { Number: 0 or TransientErrors.TimeoutNumber } => true,
        SqlException sql => sql.ClientConnectionId == Guid.Empty || TransientErrors.IsTransient(sql),
        _ => false,
    };

    private async Task<T> AttemptAsync<T>(Func<CancellationToken, Task<T>> attempt, CancellationToken token)
    {
        while (true)
        {
            try
            {
                return await attempt(token);
            }
            catch (Exception exception) when (MayPass(exception) && !token.IsCancellationRequested)
            {
                Tell(exception as RegistryUnavailableException ?? SqlServerFaults.Unavailable(exception));
            }
            catch when (!token.IsCancellationRequested)
            {
                _failedForGood = true;
                throw;
            }

            await Task.Delay(Pause, TimeProvider.System, token);
        }
    }

    private void Tell(RegistryUnavailableException failure)
    {
        if (failure.Message != _last?.Message || Stopwatch.GetElapsedTime(_toldAt) >= TellAgainAfter)
        {
            _toldAt = Stopwatch.GetTimestamp();
            waiting?.Invoke(failure.Message);
        }

        _last = failure;
    }
}
