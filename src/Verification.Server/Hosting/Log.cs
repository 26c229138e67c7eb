namespace Verification.Server.Hosting;

/// <summary>What is logged when the server starts.</summary>
internal static partial class Log
{
    [LoggerMessage(2002, LogLevel.Warning, "No consumers are configured: nobody gets in. Set Verification:Consumers or Verification:ConsumersFile.")]
    public static partial void NoConsumers(ILogger logger);

    [LoggerMessage(2003, LogLevel.Warning, "The server listens beyond this machine without TLS, as Verification:AllowCleartextBeyondLoopback says: keys cross the network in the clear.")]
    public static partial void CleartextBeyondLoopback(ILogger logger);
}
