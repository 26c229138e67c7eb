namespace Verification.Server.Json;

/// <summary>What is logged of calls by JSON: events 1050 to 1059. Never what was asked or answered.</summary>
internal static partial class Log
{
    [LoggerMessage(1050, LogLevel.Error, "{Method} failed unexpectedly between its JSON and its own code: the transcoder could not read what was checked, or not write the answer.")]
    public static partial void NotTranscoded(ILogger logger, string method);
}
