namespace Verification.Caching.Redis;

/// <summary>What became of a call to Redis.</summary>
/// <param name="Value">What it answered; the default value when it failed.</param>
/// <param name="Failure">Null when it answered; otherwise why not, as a metric's tag.</param>
internal readonly record struct RedisOutcome<T>(T? Value, string? Failure);
