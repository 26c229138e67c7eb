using System.ComponentModel.DataAnnotations;

namespace Verification.Server.Telemetry;

/// <summary>What leaves the process beside its answers: the configuration section <c>Verification:Telemetry</c>. Nothing but the log by default.</summary>
internal sealed class TelemetryOptions : IValidatableObject
{
    /// <summary>How the log is written.</summary>
    public LogFormat LogFormat { get; set; }

    /// <summary>Where metrics are scraped, as in <c>http://localhost:9464</c>, on a port of its own; null where they are not.</summary>
    public string? PrometheusUrl { get; set; }

    /// <summary>Where metrics and traces are sent by OTLP, as in <c>http://collector:4317</c>; null where they are not.</summary>
    public string? OtlpEndpoint { get; set; }

    /// <summary>How OTLP is spoken.</summary>
    public OtlpProtocol OtlpProtocol { get; set; }

    /// <summary>How many in a thousand calls are traced whose caller does not say. Who sends a <c>traceparent</c> decides it for the own calls.</summary>
    [Range(0, 1000)]
    public int RootTracesPerThousand { get; set; } = 1;

    /// <summary>Whether calls are marked with their check's id, for the log and for traces.</summary>
    public bool MarksCalls => LogFormat == LogFormat.Json || OtlpEndpoint is not null;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (OtlpEndpoint is not null && !IsOrigin(OtlpEndpoint, "http", "https"))
        {
            yield return new("must be an address as in http://collector:4317, without a path.", [nameof(OtlpEndpoint)]);
        }

        if (PrometheusUrl is not null && !IsOrigin(PrometheusUrl.Replace("://*", "://localhost", StringComparison.Ordinal), "http"))
        {
            yield return new("must be an address as in http://localhost:9464 or http://*:9464, without a path.", [nameof(PrometheusUrl)]);
        }
    }

    private static bool IsOrigin(string text, params string[] schemes) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address)
            && schemes.Contains(address.Scheme)
            && address is { PathAndQuery: "/", Fragment: "", UserInfo: "" };
}
