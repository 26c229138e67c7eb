namespace Verification.Server.Registration;

/// <summary>What is logged of changes to the registry: events 1003 and 1010 to 1999. Never a permit's number, an identity number or a name.</summary>
internal static partial class Log
{
    [LoggerMessage(1003, LogLevel.Warning, "Revision {Revision} is committed; this node's answers do not reflect it yet.")]
    public static partial void OwnWriteNotSeen(ILogger logger, long revision, Exception cause);

    [LoggerMessage(1010, LogLevel.Information, "An import begins at line {Line}.")]
    public static partial void ImportBegins(ILogger logger, long line);

    [LoggerMessage(
        1011,
        LogLevel.Information,
        "An import is complete: {Lines} lines, {Events} events loaded, {Recorded} recorded already, revision {Revision}.")]
    public static partial void ImportComplete(ILogger logger, long lines, long events, long recorded, long revision);

    [LoggerMessage(1020, LogLevel.Warning, "The registry was marked as restored from a backup: it is now {RegistryId}; revision {Before} goes on at {Revision}.")]
    public static partial void MarkedRestored(ILogger logger, Guid registryId, long before, long revision);

    [LoggerMessage(1021, LogLevel.Warning, "The clock was confirmed at {At}: when events up to revision {Revision} were recorded says nothing of it any more.")]
    public static partial void ClockConfirmed(ILogger logger, DateTimeOffset at, long revision);
}
