using Microsoft.Extensions.Logging;

namespace Verification.Caching.Telemetry;

/// <summary>What this part of the service logs. No personal data: no permit number, no value of a cache.</summary>
internal static partial class Log
{
    [LoggerMessage(
        301,
        LogLevel.Warning,
        "The registry's changes could not be read, {Failures} times by now; answers grow stale until they can. It is tried again. {Failure}")]
    public static partial void PollFailed(ILogger logger, int failures, string failure);

    [LoggerMessage(304, LogLevel.Information, "The registry's changes are read again, after {Failures} failures in {Duration}.")]
    public static partial void PollsAgain(ILogger logger, int failures, TimeSpan duration);

    [LoggerMessage(
        305, LogLevel.Warning, "A commit could not be announced; it stands, and other nodes see it at their next poll.")]
    public static partial void CommitNotAnnounced(ILogger logger, Exception exception);

    [LoggerMessage(
        302,
        LogLevel.Error,
        "The registry went back: it was {Registry} at {Revision} and is {NewRegistry} at {NewRevision}. All that was cached is dropped.")]
    public static partial void WentBack(ILogger logger, Guid registry, long revision, Guid newRegistry, long newRevision);

    [LoggerMessage(
        303, LogLevel.Warning, "The stamps could not be loaded; Redis answers only what was read since the start. It is tried again.")]
    public static partial void StampsNotLoaded(ILogger logger, Exception exception);

    [LoggerMessage(
        306,
        LogLevel.Warning,
        "The registry is damaged: {Count} permits more cannot be read, {Total} by now. All others are answered. Digests: {Digests}")]
    public static partial void PermitsDamaged(ILogger logger, int count, int total, string digests);

    [LoggerMessage(307, LogLevel.Information, "Memory is being filled from the registry; checks are answered meanwhile.")]
    public static partial void PreloadBegins(ILogger logger);

    [LoggerMessage(308, LogLevel.Information, "Memory is being filled from the registry: {Permits} permits after {Duration}.")]
    public static partial void PreloadGoesOn(ILogger logger, long permits, TimeSpan duration);

    [LoggerMessage(309, LogLevel.Information, "Memory holds {What}: {Permits} read in {Duration}, {Bytes} bytes.")]
    public static partial void PreloadEnds(ILogger logger, string what, long permits, TimeSpan duration, long bytes);

    [LoggerMessage(310, LogLevel.Warning, "Memory was not filled further than {Permits} permits; the others are read as they are asked for.")]
    public static partial void PreloadFailed(ILogger logger, long permits, Exception exception);

    // Of a failure of Redis only what RedisFailure lets through.
    [LoggerMessage(311, LogLevel.Warning, "Redis could not be reached; the registry answers in its place. It is tried again. {Failure}")]
    public static partial void RedisNotReached(ILogger logger, string failure);

    [LoggerMessage(312, LogLevel.Warning, "Redis is left alone by {What} for {Pause}: too many of them failed, the last one so: {Failure}")]
    public static partial void RedisLeftAlone(ILogger logger, string what, TimeSpan pause, string failure);

    [LoggerMessage(313, LogLevel.Information, "Redis answers {What} again.")]
    public static partial void RedisAnswersAgain(ILogger logger, string what);

    [LoggerMessage(
        314,
        LogLevel.Warning,
        "Commits cannot be heard of through Redis; other nodes' commits are seen at the next poll. It is tried again. {Failure}")]
    public static partial void NudgesNotHeard(ILogger logger, string failure);

    [LoggerMessage(315, LogLevel.Information, "Redis was reached, at try {Tries}.")]
    public static partial void RedisReached(ILogger logger, int tries);
}
