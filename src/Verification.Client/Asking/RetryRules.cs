using Grpc.Core;

namespace Verification.Client;

/// <summary>Which failures a call is tried again after, and how long before.</summary>
internal static class RetryRules
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    /// <summary>How long to wait before the next try; null where it would not help, or not be safe.</summary>
    /// <param name="fault">Why the last one failed.</param>
    /// <param name="tries">How many were made.</param>
    /// <param name="isGuess">Whether the call may cost a guess where the service had decided it before it failed.</param>
    public static TimeSpan? PauseAfter(VerificationFault fault, int tries, bool isGuess)
    {
        if (!MayHelp(fault) || (isGuess && MayBeDecided(fault)))
            return null;
        return fault.RetryAfter ?? Backoff(tries);
    }

    /// <summary>Twice as long each time, and never quite the same: clients that failed together do not come back together.</summary>
    public static TimeSpan Backoff(int tries)
    {
        var pause = FirstPause * Math.Pow(2, Math.Min(tries, 8) - 1);
        return (pause < LongestPause ? pause : LongestPause) * (0.75 + Random.Shared.NextDouble() / 2);
    }

    private static bool MayHelp(VerificationFault fault) => fault.CouldNotTell && fault.StatusCode switch
    {
        StatusCode.Unavailable or StatusCode.DeadlineExceeded => true,
        // Budgets of guesses and unknown numbers are there to be used up: nothing but a person's care helps.
        StatusCode.ResourceExhausted => fault.Reason == VerificationReasons.RateExceeded,
        _ => false,
    };

    /// <summary>The connection may have broken, and the audit log been closed, after the check was decided.</summary>
    private static bool MayBeDecided(VerificationFault fault) =>
        fault.Domain != VerificationFault.ServiceDomain || fault.Reason == VerificationReasons.AuditUnavailable;
}
