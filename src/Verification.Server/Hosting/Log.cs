namespace Verification.Server.Hosting;

/// <summary>What is logged when the server starts.</summary>
internal static partial class Log
{
    [LoggerMessage(2002, LogLevel.Warning, "No consumers are configured: nobody gets in. Set Verification:Consumers or Verification:ConsumersFile.")]
    public static partial void NoConsumers(ILogger logger);

    [LoggerMessage(2004, LogLevel.Warning, "The start waits for SQL Server. {Why}")]
    public static partial void WaitsForRegistry(ILogger logger, string why);

    [LoggerMessage(
        2008,
        LogLevel.Information,
        "Version {Version} serves. Registry: {Registry}. Tiers: {Tiers}. Consumers: {Consumers}. Listeners: {Listeners}. Telemetry: {Telemetry}.")]
    public static partial void Started(
        ILogger logger, string version, string registry, string tiers, int consumers, string listeners, string telemetry);

    [LoggerMessage(2005, LogLevel.Warning, "This node is not ready: {Reasons}.")]
    public static partial void NotReady(ILogger logger, string reasons);

    [LoggerMessage(2006, LogLevel.Information, "This node is ready.")]
    public static partial void Ready(ILogger logger);

    [LoggerMessage(2003, LogLevel.Warning, "The server listens beyond this machine without TLS, as Verification:AllowCleartextBeyondLoopback says: keys cross the network in the clear.")]
    public static partial void CleartextBeyondLoopback(ILogger logger);

    [LoggerMessage(
        2007,
        LogLevel.Information,
        "The registry is {Place}: id {RegistryId}, revision {Revision}, events {Events}, last recorded {LastRecorded}. "
            + "If you know of something later, this is an older copy, or one made without its -wal: only the documented backup is whole.")]
    public static partial void RegistryOpened(
        ILogger logger, string place, Guid registryId, long revision, string events, string lastRecorded);
}
