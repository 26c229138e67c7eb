using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace Verification.Server.Hosting;

/// <summary>
/// Asks peers to leave connections that have become old (GOAWAY, or <c>connection: close</c>), so that callers spread again over the
/// nodes there are. Calls under way finish. Kestrel has no such limit of its own.
/// </summary>
/// <param name="age">How old, up to a tenth more or less, so that connections made together do not end together.</param>
/// <param name="timeProvider">The clock.</param>
internal sealed class ConnectionAge(TimeSpan age, TimeProvider timeProvider)
{
    private const double Spread = 0.1;

    /// <summary>Runs a connection.</summary>
    public async Task RunAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        if (connection.Features.Get<IConnectionLifetimeNotificationFeature>() is not { } lifetime)
        {
            await next(connection);
            return;
        }

        var after = age * (1 - Spread + (2 * Spread * Random.Shared.NextDouble()));
        await using var timer = timeProvider.CreateTimer(
            state => ((IConnectionLifetimeNotificationFeature)state!).RequestClose(), lifetime, after, Timeout.InfiniteTimeSpan);
        await next(connection);
    }
}
