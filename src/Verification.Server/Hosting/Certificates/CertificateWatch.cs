using System.Diagnostics.Metrics;
using Verification.Server.Errors;
using Verification.Server.Telemetry;

namespace Verification.Server.Hosting.Certificates;

/// <summary>
/// Looks at the files of the server's certificates every five seconds and takes over what is new and whole; what is not changes nothing but
/// the log. It reads the bytes rather than wait for the file system's word, which mounted volumes do not give.
/// </summary>
internal sealed class CertificateWatch : BackgroundService
{
    /// <summary>How often it looks.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly Meter _meter = new(Refusals.MeterName);
    private readonly CurrentCertificates _certificates;
    private readonly ILogger<CertificateWatch> _logger;
    private readonly PeriodicTimer _timer;

    /// <summary>Begins to look.</summary>
    public CertificateWatch(CurrentCertificates certificates, TimeProvider clock, ILogger<CertificateWatch> logger)
    {
        _certificates = certificates;
        _logger = logger;
        _timer = new PeriodicTimer(Interval, clock);
        _meter.CreateObservableGauge(
            "verification.certificate.expiry",
            () => certificates.Files.Select(file => new Measurement<double>(
                (file.Current.TargetCertificate.NotAfter.ToUniversalTime() - clock.GetUtcNow().UtcDateTime).TotalSeconds,
                new KeyValuePair<string, object?>("endpoint", file.Name))),
            "s",
            "How long the certificate is still good.");
    }

    /// <summary>Takes over what has changed and is good.</summary>
    public void Look()
    {
        foreach (var file in _certificates.Files)
        {
            if (file.TryReload(out var problem))
            {
                Log.CertificateReplaced(_logger, file.Name, file.Current.TargetCertificate.NotAfter.ToUniversalTime());
            }
            else if (problem.Length > 0)
            {
                Log.CertificateRefused(_logger, file.Name, problem);
            }
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
        _meter.Dispose();
        _timer.Dispose();
        base.Dispose();
    }
}
