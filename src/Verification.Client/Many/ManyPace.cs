namespace Verification.Client;

/// <summary>How fast a list goes: how much is sent ahead, and how long to wait before a broken or refused stream is opened again.</summary>
/// <param name="longestWait">The longest wait without a single answer.</param>
internal sealed class ManyPace(TimeSpan longestWait)
{
    /// <summary>The most checks of a batch, as the contract says.</summary>
    public const int MostInBatch = 1_000;

    /// <summary>The most batches sent ahead.</summary>
    public const int MostUnderWay = 4;

    // What finds the budget of unknown numbers used up is refused to its end, and paid for.
    private const int FewInBatch = 20;

    private TimeSpan _waited;
    private int _failures;
    private bool _isTooFast;

    /// <summary>How many checks go into a batch.</summary>
    public int InBatch { get; private set; } = MostInBatch;

    /// <summary>How many batches are sent ahead. Who is too fast gains nothing from more than one: they would all be refused.</summary>
    public int UnderWay => _isTooFast ? 1 : MostUnderWay;

    /// <summary>Something was answered.</summary>
    public void Progressed() => (_waited, _failures) = (TimeSpan.Zero, 0);

    /// <summary>All of a batch was answered.</summary>
    public void Completed()
    {
        Progressed();
        InBatch = Math.Min(InBatch * 2, MostInBatch);
    }

    /// <summary>How long to wait; null where waiting does not help, or no longer.</summary>
    public TimeSpan? PauseAfter(VerificationFault fault)
    {
        if (!fault.CouldNotTell)
            return null;
        _isTooFast |= fault.Reason == VerificationReasons.RateExceeded;
        if (fault.Reason == VerificationReasons.UnknownBudgetExhausted)
            InBatch = FewInBatch;
        var backoff = RetryRules.Backoff(++_failures);
        var pause = fault.RetryAfter is not { } asked ? backoff
            : IsPaced(fault) || asked > backoff ? asked
            : backoff;
        if (_waited + pause > longestWait)
            return null;
        _waited += pause;
        return pause;
    }

    /// <summary>Whether the service knows when there is room again, to the millisecond.</summary>
    private static bool IsPaced(VerificationFault fault) =>
        fault.Reason is VerificationReasons.RateExceeded or VerificationReasons.UnknownBudgetExhausted;
}
