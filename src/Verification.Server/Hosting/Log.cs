namespace Verification.Server.Hosting;

/// <summary>What is logged when the server starts.</summary>
internal static partial class Log
{
    [LoggerMessage(2002, LogLevel.Warning, "No consumers are configured: nobody gets in. Set Verification:Consumers or Verification:ConsumersFile.")]
    public static partial void NoConsumers(ILogger logger);

    [LoggerMessage(2004, LogLevel.Warning, "The start waits for SQL Server. {Why}")]
    public static partial void WaitsForRegistry(ILogger logger, string why);

    [LoggerMessage(2005, LogLevel.Warning, "This node is not ready: {Reasons}.")]
    public static partial void NotReady(ILogger logger, string reasons);

    [LoggerMessage(2006, LogLevel.Information, "This node is ready.")]
    public static partial void Ready(ILogger logger);

    [LoggerMessage(2003, LogLevel.Warning, "The server listens beyond this machine without TLS, as Verification:AllowCleartextBeyondLoopback says: keys cross the network in the clear.")]
    public static partial void CleartextBeyondLoopback(ILogger logger);
}
