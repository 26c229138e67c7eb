using Verification.Server.Access.Consumers;
using Verification.Server.Configuration;
using Verification.Server.Telemetry;

namespace Verification.Server.Access.Settings;

/// <summary>
/// Looks at the consumers file every two seconds and takes over a good new one. A bad one changes nothing but the log. It reads the
/// bytes rather than wait for the file system's word, which mounted volumes do not give.
/// </summary>
internal sealed class ConsumersFileWatch(
    ConsumersFile file, ConsumerDirectory directory, TimeProvider timeProvider, ILogger<ConsumersFileWatch> logger) : BackgroundService
{
    /// <summary>How often it looks.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    // From the beginning, as the framework runs what follows the start when it comes to it: no tick is lost until then.
    private readonly PeriodicTimer _timer = new(Interval, timeProvider);

    /// <summary>Takes over the file if it has changed and is good.</summary>
    public void Look()
    {
        var problems = new StartProblems();
        if (file.ReadIfChanged(problems) is { } set)
        {
            directory.Replace(set);
            Log.ConsumersReplaced(logger, set.Consumers.Length);
        }
        else if (problems.Any)
        {
            Log.ConsumersFileRefused(logger, file.Path, string.Join(" ", problems.All));
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (await _timer.WaitForNextTickAsync(stoppingToken))
            {
                Look();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return;
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _timer.Dispose();
        base.Dispose();
    }
}
