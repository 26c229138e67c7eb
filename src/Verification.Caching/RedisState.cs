namespace Verification.Caching;

/// <summary>How a node's Redis is.</summary>
/// <param name="IsConnected">Whether there is a connection.</param>
/// <param name="IsLeftAlone">Whether it is left alone for now, by reads or by writes, as these failed.</param>
public sealed record RedisState(bool IsConnected, bool IsLeftAlone);
