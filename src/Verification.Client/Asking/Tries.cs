using Grpc.Core;

namespace Verification.Client;

/// <summary>
/// One call in as many tries as it takes, within its time. gRPC's own retries would not do: they go by status codes alone, and a
/// status code does not tell a limit that a second ends from a budget that is used up for the day.
/// </summary>
internal sealed class Tries(PermitVerificationOptions options)
{
    private readonly TimeProvider _time = options.TimeProvider;
    private readonly TimeSpan? _all = options.Deadline;
    private readonly TimeSpan? _each = options.TryDeadline;
    private readonly int _most = options.MaxTries;

    /// <summary>Makes the call.</summary>
    /// <param name="name">Its name, for telemetry.</param>
    /// <param name="isGuess">Whether repeating it may cost a guess.</param>
    /// <param name="start">Makes one try with these options.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <exception cref="PermitVerificationException">There was no answer.</exception>
    public async Task<T> RunAsync<T>(string name, bool isGuess, Func<CallOptions, AsyncUnaryCall<T>> start, CancellationToken cancellationToken)
    {
        using var watched = Telemetry.Begin(name);
        var began = _time.GetUtcNow();
        for (var tries = 1; ; tries++)
        {
            try
            {
                using var call = start(new CallOptions(deadline: DeadlineOf(began), cancellationToken: cancellationToken));
                var answer = await call.ResponseAsync;
                watched.Answered(tries);
                return answer;
            }
            catch (RpcException failure)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var fault = VerificationFault.From(failure);
                if (PauseAfter(fault, tries, isGuess, began) is not { } pause)
                {
                    watched.Failed(fault, tries);
                    throw new PermitVerificationException(fault, failure);
                }
                await Task.Delay(pause, _time, cancellationToken);
            }
        }
    }

    private DateTime? DeadlineOf(DateTimeOffset began)
    {
        var all = _all is { } total ? began + total : (DateTimeOffset?)null;
        var each = _each is { } one ? _time.GetUtcNow() + one : (DateTimeOffset?)null;
        return (all < each ? all : each ?? all)?.UtcDateTime;
    }

    /// <summary>How long to wait; null where no further try is made, as it would begin after the call's time.</summary>
    private TimeSpan? PauseAfter(VerificationFault fault, int tries, bool isGuess, DateTimeOffset began) =>
        tries < _most
        && RetryRules.PauseAfter(fault, tries, isGuess) is { } pause
        && !(_all is { } total && _time.GetUtcNow() + pause >= began + total)
            ? pause
            : null;
}
