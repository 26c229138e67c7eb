namespace Verification.Caching.Tests.Model;

/// <summary>What may happen beside checks; a run counts each.</summary>
internal enum Disturbance
{
    /// <summary>An event is committed.</summary>
    Append,

    /// <summary>An event is annulled.</summary>
    Annulment,

    /// <summary>A permit's issue is annulled: there is no such permit any more.</summary>
    IssueAnnulled,

    /// <summary>A number whose issue was annulled is issued again.</summary>
    IssuedAgain,

    /// <summary>A node's memory is filled with all that the registry holds.</summary>
    MemoryPreloaded,

    /// <summary>A node's memory forgets a number.</summary>
    Eviction,

    /// <summary>A node ends and another starts in its place.</summary>
    NodeRestarted,

    /// <summary>All values are deleted.</summary>
    RedisFlushed,

    /// <summary>The server ends and starts without a value; writes and messages on their way are lost.</summary>
    RedisRestartedEmpty,

    /// <summary>The server ends and starts from an older dump.</summary>
    RedisRolledBack,

    /// <summary>Nothing answers for a while (SIGSTOP); writes sent meanwhile land when it goes on.</summary>
    RedisPaused,

    /// <summary>A call or a write gets lost.</summary>
    RedisCallLost,

    /// <summary>A bit of a value is flipped.</summary>
    RedisValueBroken,

    /// <summary>A value lies under another number or another registry.</summary>
    RedisValueCrossed,

    /// <summary>A node never hears of a commit.</summary>
    MessageDropped,

    /// <summary>A node hears of a commit long after it.</summary>
    MessageDelayed,

    /// <summary>A node hears of a commit twice.</summary>
    MessageDuplicated,

    /// <summary>A node hears of a commit after it heard of a later one.</summary>
    MessageReordered,

    /// <summary>A poll is held up, before its snapshot or after it.</summary>
    PollDelayed,

    /// <summary>A load is held up, before its snapshot or after it.</summary>
    LoadDelayed,

    /// <summary>The registry does not answer a read.</summary>
    RegistryAway,

    /// <summary>The registry is restored from an older backup, its counter put past all that was handed out.</summary>
    RegistryRestored,

    /// <summary>A node's wall clock is set forward.</summary>
    ClockForward,

    /// <summary>A node's wall clock is set back.</summary>
    ClockBack,

    /// <summary>A node's machine sleeps: its monotonic clock stands still.</summary>
    MachineSlept,
}
