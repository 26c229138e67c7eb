namespace Verification.Server.Json;

/// <summary>What is logged of calls by JSON: events 1050 to 1059. Never what was asked or answered.</summary>
internal static partial class Log
{
    [LoggerMessage(1050, LogLevel.Error, "{Method} failed unexpectedly between JSON and the call: {Cause}.")]
    public static partial void NotTranscoded(ILogger logger, string method, string cause);
}
