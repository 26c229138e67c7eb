using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Verification.Client;

/// <summary>Writes what <see cref="PermitVerificationTelemetry"/> promises.</summary>
internal static class Telemetry
{
    private const string Call = "call";
    private const string Outcome = "outcome";
    private const string Answered = "ANSWERED";

    private static readonly ActivitySource Activities = new(PermitVerificationTelemetry.ActivitySourceName);
    private static readonly Meter Meter = new(PermitVerificationTelemetry.MeterName);
    private static readonly Histogram<double> Durations = Meter.CreateHistogram<double>(
        "verification.client.call.duration", "s", "Time of a call, its repetitions included.");
    private static readonly Counter<long> Retries = Meter.CreateCounter<long>(
        "verification.client.retries", "{retry}", "Tries after the first, and streams after the first.");
    private static readonly Counter<long> Checks = Meter.CreateCounter<long>(
        "verification.client.checks", "{check}", "Checks of lists that have an outcome.");

    /// <summary>Begins to watch a call.</summary>
    public static Watched Begin(string call) => new(call);

    /// <summary>A list's checks have outcomes.</summary>
    public static void Told(string call, int answered, int faults)
    {
        if (answered > 0)
            Checks.Add(answered, new KeyValuePair<string, object?>(Call, call), new KeyValuePair<string, object?>(Outcome, Answered));
        if (faults > 0)
            Checks.Add(faults, new KeyValuePair<string, object?>(Call, call), new KeyValuePair<string, object?>(Outcome, "FAULT"));
    }

    /// <summary>A list goes on with another stream.</summary>
    public static void Resumed(string call) => Retries.Add(1, new KeyValuePair<string, object?>(Call, call));

    private static string OutcomeOf(VerificationFault fault) =>
        fault.Reason.Length > 0 ? fault.Reason
        : fault.Connection != ConnectionFault.None ? fault.Connection.ToString().ToUpperInvariant()
        : fault.StatusCode.ToString().ToUpperInvariant();

    /// <summary>One call, from its beginning to its end.</summary>
    internal sealed class Watched(string call) : IDisposable
    {
        private readonly Activity? _activity = Activities.StartActivity($"PermitVerification/{call}", ActivityKind.Client);
        private readonly long _began = Stopwatch.GetTimestamp();
        private string _outcome = "GIVEN_UP";

        public void Answered(int tries)
        {
            _outcome = Telemetry.Answered;
            Note(tries);
        }

        public void Failed(VerificationFault fault, int tries)
        {
            _outcome = OutcomeOf(fault);
            _activity?.SetStatus(ActivityStatusCode.Error, _outcome);
            Note(tries);
        }

        public void Dispose()
        {
            _activity?.SetTag("verification.outcome", _outcome);
            _activity?.Dispose();
            Durations.Record(
                Stopwatch.GetElapsedTime(_began).TotalSeconds, new KeyValuePair<string, object?>(Call, call), new KeyValuePair<string, object?>(Outcome, _outcome));
        }

        private void Note(int tries)
        {
            _activity?.SetTag("verification.tries", tries);
            if (tries > 1)
                Retries.Add(tries - 1, new KeyValuePair<string, object?>(Call, call));
        }
    }
}
