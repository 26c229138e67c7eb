using Polly;
using Polly.CircuitBreaker;
using Verification.Core.Registry;

namespace Verification.Storage.SqlServer;

/// <summary>
/// A readable secondary that answers lookups while it can and is not behind. It gets half of a lookup's time, once; when it fails
/// again and again it is left alone for a while, so that a dead replica costs nothing.
/// </summary>
internal sealed class SqlServerReplica(SqlServerConnections connections, TimeSpan lookupTimeout, PrimaryHead primary)
{
    private readonly TimeSpan _timeout = lookupTimeout / 2;

    private readonly ResiliencePipeline _breaker = new ResiliencePipelineBuilder()
        .AddCircuitBreaker(new CircuitBreakerStrategyOptions
        {
            ShouldHandle = static ended => ValueTask.FromResult(ended.Outcome.Exception is RegistryUnavailableException),
            FailureRatio = 0.5,
            MinimumThroughput = 4,
            SamplingDuration = TimeSpan.FromSeconds(10),
            BreakDuration = TimeSpan.FromSeconds(5),
        })
        .Build();

    /// <summary>What the replica answers in a session; null when the primary must be asked.</summary>
    public Task<Snapshot<T>?> TryLoadInSessionAsync<T>(
        Func<SqlServerSession, Task<Snapshot<T>>> load, CancellationToken cancellationToken) =>
        TryLoadAsync(token => InSessionAsync(load, token), cancellationToken);

    /// <summary>What a load of the replica answers; null when the primary must be asked.</summary>
    public async Task<Snapshot<T>?> TryLoadAsync<T>(Func<CancellationToken, Task<Snapshot<T>>> load, CancellationToken cancellationToken)
    {
        try
        {
            var found = await _breaker.ExecuteAsync(
                async token => await SqlServerCalls.RunOnceAsync(_timeout, load, token), cancellationToken);
            return primary.Accept(found.Head) is { } head ? found with { Head = head } : null;
        }
        catch (Exception exception) when (exception is RegistryUnavailableException or BrokenCircuitException)
        {
            // The primary answers instead; if it cannot, that failure is the one to report.
            return null;
        }
    }

    /// <summary>Closes the pool.</summary>
    public void Close() => connections.Close();

    private async Task<Snapshot<T>> InSessionAsync<T>(Func<SqlServerSession, Task<Snapshot<T>>> load, CancellationToken cancellationToken)
    {
        await using var session = await SqlServerSession.OpenAsync(connections, _timeout, cancellationToken);
        return await load(session);
    }
}
