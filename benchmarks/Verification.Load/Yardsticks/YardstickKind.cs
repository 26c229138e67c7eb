namespace Verification.Load.Yardsticks;

/// <summary>What the service is measured beside.</summary>
internal enum YardstickKind
{
    /// <summary>A bare echo: a fixed answer of the same size.</summary>
    Echo,

    /// <summary>The echo, after one GET from Redis.</summary>
    Redis,

    /// <summary>The echo, after one query with Dapper on the same store, off the request's thread.</summary>
    Dapper,

    /// <summary>The same lookup as most teams would write it, with HybridCache.</summary>
    Hybrid,

    /// <summary>The same, with FusionCache.</summary>
    Fusion,
}
