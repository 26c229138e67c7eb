namespace Verification.Server.Hosting;

/// <summary>
/// Keeps the host from logging a failed start: it would put a stack trace before the plain words that a refused start ends with.
/// Nothing is lost, as the failure comes out of the start itself.
/// </summary>
internal sealed class StartLog
{
    private const string Host = "Microsoft.Extensions.Hosting.Internal.Host";

    private volatile bool _isStarted;

    /// <summary>Adds the filter.</summary>
    public StartLog(ILoggingBuilder logging) =>
        // A critical error is of a service that runs beside the start, and comes out of nothing.
        logging.AddFilter(Host, level => level >= LogLevel.Information && (level != LogLevel.Error || _isStarted));

    /// <summary>Lets everything be logged once the host has started.</summary>
    public void EndWith(CancellationToken started) => started.Register(() => _isStarted = true);
}
