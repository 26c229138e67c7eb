namespace Verification.Server.Errors;

/// <summary>What is logged of calls that fail: events 1000 to 1009. Never a permit's number, an identity number or a name.</summary>
internal static partial class Log
{
    [LoggerMessage(1000, LogLevel.Error, "{Method} failed unexpectedly.")]
    public static partial void CallFailed(ILogger logger, string method, Exception cause);

    [LoggerMessage(1001, LogLevel.Warning, "{Method} could not be answered: the registry is unavailable. {Cause} Others like it since the last such line: {Before}.")]
    public static partial void RegistryUnavailable(ILogger logger, string method, string cause, long before);

    [LoggerMessage(1005, LogLevel.Warning, "{Method} could not be answered: the audit database is unavailable. {Cause} Others like it since the last such line: {Before}.")]
    public static partial void AuditDatabaseUnavailable(ILogger logger, string method, string cause, long before);

    [LoggerMessage(1003, LogLevel.Error, "{Method} could not be answered. {Failure}")]
    public static partial void RegistryReplaced(ILogger logger, string method, string failure);

    [LoggerMessage(1002, LogLevel.Information, "{Method} ended: the caller's connection broke.")]
    public static partial void ConnectionBroke(ILogger logger, string method, Exception cause);

    [LoggerMessage(1004, LogLevel.Error, "{Method} failed unexpectedly, outside its own code: its answer could not be written.")]
    public static partial void AnswerNotWritten(ILogger logger, string method, Exception? cause);
}
