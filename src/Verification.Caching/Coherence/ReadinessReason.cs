namespace Verification.Caching.Coherence;

/// <summary>Why a node is not ready to answer.</summary>
public enum ReadinessReason
{
    /// <summary>The registry was not heard of yet.</summary>
    Starting = 1,

    /// <summary>The registry was last heard of longer ago than callers allow by default.</summary>
    RegistryStale,

    /// <summary>The registry went back, as after a restored backup, and is not reloaded yet.</summary>
    RegistryWentBack,

    /// <summary>This node's clock is too far off the registry's, earlier than the newest event, or outside the calendar.</summary>
    ClockSkewed,

    /// <summary>What the registry lies in was deleted, moved or replaced while it was open.</summary>
    RegistryReplaced,
}
