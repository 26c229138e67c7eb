using Verification.Caching.Coherence;
using Verification.Caching.Memory;
using Verification.Caching.Redis;

namespace Verification.Caching;

/// <summary>The settings of the lookup. All have defaults but the key of the Redis MAC.</summary>
public sealed class CachingOptions
{
    /// <summary>How the registry's changes are followed, and how old knowledge may get.</summary>
    public FeedOptions Feed { get; set; } = new();

    /// <summary>What a node holds in memory.</summary>
    public MemoryOptions Memory { get; set; } = new();

    /// <summary>The Redis that the nodes share.</summary>
    public RedisOptions Redis { get; set; } = new();
}
