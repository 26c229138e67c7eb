namespace Verification.Caching;

/// <summary>How a node's tiers and its feed are: what it knows, without asking anybody.</summary>
/// <param name="Permits">Permits in memory.</param>
/// <param name="Absences">Numbers in memory of which the registry knows nothing.</param>
/// <param name="Redis">Redis; null where the node has none.</param>
/// <param name="Polls">Polls that the registry answered.</param>
/// <param name="PollsFailed">Polls that it did not.</param>
/// <param name="Failure">Why the last poll failed; null where it did not.</param>
public sealed record NodeState(long Permits, long Absences, RedisState? Redis, long Polls, long PollsFailed, string? Failure);
