namespace Verification.Load.Servers;

/// <summary>The service, and what is in front of its registry.</summary>
internal enum ServiceKind
{
    /// <summary>As it runs: Redis where there is one, and room in memory for every permit.</summary>
    Usual,

    /// <summary>Room for few permits in memory, Redis behind it: nearly every lookup is answered by Redis.</summary>
    FewInMemory,

    /// <summary>Room for few permits in memory and no Redis: nearly every lookup goes to the registry.</summary>
    WithoutRedis,

    /// <summary>Room for few permits in memory and a Redis that has died.</summary>
    RedisGone,
}
