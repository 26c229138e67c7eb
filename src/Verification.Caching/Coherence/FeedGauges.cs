using System.Diagnostics.Metrics;

namespace Verification.Caching.Coherence;

/// <summary>Shows how far a node's feed has come, and what the node holds in memory.</summary>
internal static class FeedGauges
{
    /// <summary>Adds the gauges to a meter.</summary>
    public static void AddTo(Meter meter, ChangeFeed feed, TimeProvider clock)
    {
        meter.CreateObservableGauge(
            "verification.feed.staleness",
            () => Of(feed.Position is { } position ? position.Sent.Age(clock).TotalSeconds : (double?)null),
            "s",
            "How long ago the registry was last heard of; absent until it was.");
        meter.CreateObservableGauge(
            "verification.feed.revision",
            () => Of(feed.Position?.Revision),
            "{revision}",
            "Up to which every change is applied; absent until the registry was heard of.");
        meter.CreateObservableGauge(
            "verification.feed.clock_skew",
            () => feed.ClockSkew.TotalSeconds,
            "s",
            "How far this node's clock is off the registry's, as the last poll could tell.");
        meter.CreateObservableCounter(
            "verification.feed.polls",
            () => (Measurement<long>[])[new(feed.Polls, Tag("outcome", "ok")), new(feed.PollsFailed, Tag("outcome", "failed"))],
            "{poll}",
            "Polls of the registry's changes, by outcome.");
        meter.CreateObservableGauge(
            "verification.memory.entries",
            () => feed.Position?.Epoch.Memory is { } memory
                ? (Measurement<int>[])[new(memory.PermitCount, Tag("kind", "permit")), new(memory.AbsenceCount, Tag("kind", "absence"))]
                : [],
            "{number}",
            "Numbers held in memory: of permits, and of which the registry knows nothing.");
        meter.CreateObservableGauge(
            "verification.memory.size",
            () => Of(feed.Position?.Epoch.Memory.Size),
            "By",
            "What these take, of the bytes that memory may take at most.");
    }

    private static IEnumerable<Measurement<T>> Of<T>(T? value)
        where T : struct => value is { } known ? [new(known)] : [];

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
