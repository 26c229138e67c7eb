namespace Verification.Server.Limits;

/// <summary>
/// The meters by consumers' names. A meter stays when its consumer is changed, or taken out and put back: a new file gives nobody
/// fresh budgets. Used by one reader of consumers at a time.
/// </summary>
/// <param name="timeProvider">The clock.</param>
internal sealed class ConsumerMeters(TimeProvider timeProvider)
{
    private readonly Dictionary<string, ConsumerMeter> _meters = new(StringComparer.Ordinal);

    /// <summary>The meter of a consumer with these limits.</summary>
    public ConsumerMeter Of(string name, ConsumerLimits limits)
    {
        if (_meters.TryGetValue(name, out var meter))
        {
            meter.Resize(limits);
            return meter;
        }

        return _meters[name] = new ConsumerMeter(limits, timeProvider);
    }
}
