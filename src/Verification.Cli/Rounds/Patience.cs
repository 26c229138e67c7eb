using Verification.Client;

namespace Verification.Cli.Rounds;

/// <summary>How long to wait before a broken or refused call is made again, and when not to.</summary>
internal sealed class Patience
{
    /// <summary>How often in a row the service may fail to answer: with the pauses between them half a minute.</summary>
    private const int MostFailures = 6;

    private const string RateExceeded = "RATE_EXCEEDED";
    private const string UnknownBudgetExhausted = "UNKNOWN_BUDGET_EXHAUSTED";
    private const string GuessBudgetExhausted = "GUESS_BUDGET_EXHAUSTED";

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);

    private int _failures;

    /// <summary>Whether a budget is used up that is there to be used up: no run waits for it in the dark.</summary>
    public static bool IsSpent(VerificationFault fault) => fault.Reason is UnknownBudgetExhausted or GuessBudgetExhausted;

    /// <summary>Whether the calls came too fast, which waiting as long as the service says puts right.</summary>
    public static bool IsTooFast(VerificationFault fault) => fault.Reason == RateExceeded;

    /// <summary>Something was answered.</summary>
    public void Refill() => _failures = 0;

    /// <summary>How long to wait; null where waiting does not help, or no longer.</summary>
    public TimeSpan? WaitAfter(VerificationFault fault)
    {
        if (IsTooFast(fault))
            return fault.RetryAfter ?? FirstPause;
        if (!fault.CouldNotTell || IsSpent(fault) || ++_failures >= MostFailures)
            return null;
        var pause = FirstPause * (1 << (_failures - 1));
        return fault.RetryAfter is { } asked && asked > pause ? asked : pause;
    }
}
