namespace Verification.Server.Limits;

/// <summary>
/// The budgets by consumers' names. A budget stays when its consumer is changed, or taken out and put back: a new file gives nobody
/// fresh ones. Used by one reader of consumers at a time.
/// </summary>
/// <param name="timeProvider">The clock.</param>
internal sealed class Budgets(TimeProvider timeProvider)
{
    private readonly Dictionary<string, Budget> _budgets = new(StringComparer.Ordinal);

    /// <summary>The budget of a consumer with these limits.</summary>
    public Budget Of(string consumer, ConsumerLimits limits)
    {
        if (_budgets.TryGetValue(consumer, out var budget))
        {
            budget.Resize(limits);
            return budget;
        }

        return _budgets[consumer] = new Budget(consumer, limits, timeProvider);
    }
}
