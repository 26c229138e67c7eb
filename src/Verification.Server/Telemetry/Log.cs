namespace Verification.Server.Telemetry;

/// <summary>
/// All that this program logs in its own name; what its tiers and store log has numbers of its own. Never a permit's number, an identity number, a
/// name, a key or what a record holds. Events 1000 to 1009 are of calls that fail, 1010 to 1029 of changes to the registry, 1040 and 1050 of batches
/// and of JSON, 2000 to 2011 of the start, the node and its consumers, 2020 to 2029 of the audit log, 2030 and 2031 of certificates.
/// </summary>
/// <remarks>One class: what is generated of several comes in another order each time, and no two builds of it are the same.</remarks>
internal static partial class Log
{
    [LoggerMessage(1000, LogLevel.Error, "{Method} failed unexpectedly.")]
    public static partial void CallFailed(ILogger logger, string method, Exception cause);

    [LoggerMessage(1001, LogLevel.Warning, "{Method} could not be answered: the registry is unavailable. {Cause} Others like it since the last such line: {Before}.")]
    public static partial void RegistryUnavailable(ILogger logger, string method, string cause, long before);

    [LoggerMessage(1002, LogLevel.Information, "{Method} ended: the caller's connection broke.")]
    public static partial void ConnectionBroke(ILogger logger, string method, Exception cause);

    [LoggerMessage(1003, LogLevel.Error, "{Method} could not be answered. {Failure}")]
    public static partial void RegistryReplaced(ILogger logger, string method, string failure);

    [LoggerMessage(1004, LogLevel.Error, "{Method} failed unexpectedly, outside its own code: its answer could not be written.")]
    public static partial void AnswerNotWritten(ILogger logger, string method, Exception? cause);

    [LoggerMessage(1005, LogLevel.Warning, "{Method} could not be answered: the audit database is unavailable. {Cause} Others like it since the last such line: {Before}.")]
    public static partial void AuditDatabaseUnavailable(ILogger logger, string method, string cause, long before);

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

    [LoggerMessage(1022, LogLevel.Warning, "Revision {Revision} is committed; this node's answers do not reflect it yet.")]
    public static partial void OwnWriteNotSeen(ILogger logger, long revision, Exception cause);

    [LoggerMessage(1040, LogLevel.Warning, "{Count} items of a batch could not be answered: {Failure}")]
    public static partial void BatchIncomplete(ILogger logger, int count, string failure);

    [LoggerMessage(1050, LogLevel.Error, "{Method} failed unexpectedly between its JSON and its own code: the transcoder could not read what was checked, or not write the answer.")]
    public static partial void NotTranscoded(ILogger logger, string method);

    [LoggerMessage(2000, LogLevel.Information, "The consumers file was taken over: there are {Count} consumers now.")]
    public static partial void ConsumersReplaced(ILogger logger, int count);

    [LoggerMessage(2001, LogLevel.Error, "The consumers file {Path} was changed and is refused; the consumers stay as they were. {Problems}")]
    public static partial void ConsumersFileRefused(ILogger logger, string path, string problems);

    [LoggerMessage(2002, LogLevel.Warning, "No consumers are configured: nobody gets in. Set Verification:Consumers or Verification:ConsumersFile.")]
    public static partial void NoConsumers(ILogger logger);

    [LoggerMessage(2003, LogLevel.Warning, "The server listens beyond this machine without TLS, as Verification:AllowCleartextBeyondLoopback says: keys cross the network in the clear.")]
    public static partial void CleartextBeyondLoopback(ILogger logger);

    [LoggerMessage(2004, LogLevel.Warning, "The start waits for SQL Server. {Why}")]
    public static partial void WaitsForRegistry(ILogger logger, string why);

    [LoggerMessage(2005, LogLevel.Warning, "This node is not ready: {Reasons}.")]
    public static partial void NodeNotReady(ILogger logger, string reasons);

    [LoggerMessage(2006, LogLevel.Information, "This node is ready.")]
    public static partial void NodeReady(ILogger logger);

    [LoggerMessage(
        2007,
        LogLevel.Information,
        "The registry is {Place}: id {RegistryId}, revision {Revision}, events {Events}, last recorded {LastRecorded}. "
            + "If you know of something later, this is an older copy, or one made without its -wal: only the documented backup is whole.")]
    public static partial void RegistryOpened(
        ILogger logger, string place, Guid registryId, long revision, string events, string lastRecorded);

    [LoggerMessage(
        2008,
        LogLevel.Information,
        "Version {Version} serves. Registry: {Registry}. Tiers: {Tiers}. Consumers: {Consumers}. Listeners: {Listeners}. Telemetry: {Telemetry}.")]
    public static partial void ServiceStarted(
        ILogger logger, string version, string registry, string tiers, int consumers, string listeners, string telemetry);

    [LoggerMessage(2010, LogLevel.Information, "A call to {Path} was refused: {Fault} credential, from connection {Connection}. Others like it since the last such line: {Before}.")]
    public static partial void CredentialRefused(ILogger logger, string path, string fault, string connection, long before);

    [LoggerMessage(2011, LogLevel.Warning, "Consumer {Consumer} was refused {Path}, for which it lacks the role. Others like it since the last such line: {Before}.")]
    public static partial void RoleMissing(ILogger logger, string consumer, string path, long before);

    [LoggerMessage(2020, LogLevel.Information, "The audit log is {Folder}, signed with key {Key}.")]
    public static partial void AuditLogOpened(ILogger logger, string folder, string key);

    [LoggerMessage(
        2021,
        LogLevel.Warning,
        "A torn tail was cut off the audit log, segment {Segment} at {Offset}: {Detail}. No head covered it, so nothing that was on the disk is lost. It is kept in {File}.")]
    public static partial void AuditTailCut(ILogger logger, int segment, long offset, string detail, string file);

    [LoggerMessage(
        2022,
        LogLevel.Error,
        "THE AUDIT LOG IS DAMAGED under its signed heads, in {Place}, segment {Segment} at {Offset}: {Detail}. It was left as it is and another log was begun; a person must look at it.")]
    public static partial void AuditLogDamaged(ILogger logger, string place, int segment, long offset, string detail);

    [LoggerMessage(2023, LogLevel.Error, "Nothing can be recorded, so nothing is answered. {Cause} Others like it since the last such line: {Before}.")]
    public static partial void AuditNotRecorded(ILogger logger, string cause, long before);

    [LoggerMessage(2024, LogLevel.Error, "This node is not ready. {Trouble}")]
    public static partial void AuditLogTakesNone(ILogger logger, string trouble);

    [LoggerMessage(2025, LogLevel.Information, "The audit log takes records again.")]
    public static partial void AuditLogTakesSomeAgain(ILogger logger);

    [LoggerMessage(2026, LogLevel.Warning, "The audit log is not copied, and goes on. {Cause} It is tried again and again.")]
    public static partial void AuditLogNotCopied(ILogger logger, string cause);

    [LoggerMessage(2027, LogLevel.Information, "The audit log is copied again.")]
    public static partial void AuditLogCopiedAgain(ILogger logger);

    [LoggerMessage(2030, LogLevel.Information, "The certificate of {Endpoint} was replaced; the new one is good until {Until:u}. Open connections go on.")]
    public static partial void CertificateReplaced(ILogger logger, string endpoint, DateTime until);

    [LoggerMessage(2031, LogLevel.Error, "The new certificate of {Endpoint} cannot be taken, and the old one stays: {Problem}")]
    public static partial void CertificateRefused(ILogger logger, string endpoint, string problem);
}
