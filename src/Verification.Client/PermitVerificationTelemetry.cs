namespace Verification.Client;

/// <summary>
/// The names by which OpenTelemetry listens to this package: <c>AddSource(PermitVerificationTelemetry.ActivitySourceName)</c>,
/// <c>AddMeter(PermitVerificationTelemetry.MeterName)</c>. Nothing in it holds a number of a permit or a person.
/// </summary>
/// <remarks>
/// One activity a call, its tries below it where gRPC's own source <c>Grpc.Net.Client</c> is listened to; none for lists. The meter has <c>verification.client.call.duration</c> (histogram, seconds, with <c>call</c> and <c>outcome</c>: <c>ANSWERED</c> or the reason),
/// <c>verification.client.retries</c> and <c>verification.client.checks</c> (counters with <c>call</c> and <c>outcome</c>).
/// </remarks>
public static class PermitVerificationTelemetry
{
    /// <summary>The activity source.</summary>
    public const string ActivitySourceName = "Verification.Client";

    /// <summary>The meter.</summary>
    public const string MeterName = "Verification.Client";
}
