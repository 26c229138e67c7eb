using Verification.Core.Registry;

namespace Verification.Caching.Coherence;

/// <summary>Bounds what is asked of the registry: also when its socket stays open and nothing comes.</summary>
internal static class RegistryDeadline
{
    /// <summary>Runs a read; past the deadline it is told to end and no longer waited for.</summary>
    /// <exception cref="RegistryUnavailableException">The deadline passed.</exception>
    public static async Task<T> RunAsync<T>(
        Func<CancellationToken, Task<T>> read, TimeSpan deadline, TimeProvider clock, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            return await read(ended.Token).WaitAsync(deadline, clock, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The wait hears of it before the read does, and its end would end the link between the two.
            await ended.CancelAsync();
            throw;
        }
        catch (TimeoutException exception)
        {
            await ended.CancelAsync();
            throw new RegistryUnavailableException($"The registry did not answer within {deadline.TotalSeconds:0.0} s.", exception);
        }
    }
}
