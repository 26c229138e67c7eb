namespace Verification.Caching;

/// <summary>How a node's Redis is.</summary>
/// <param name="IsConnected">Whether there is a connection.</param>
/// <param name="IsLeftAlone">Whether it is left alone for now, as its calls failed.</param>
public sealed record RedisState(bool IsConnected, bool IsLeftAlone);
