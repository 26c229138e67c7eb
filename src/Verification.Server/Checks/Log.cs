namespace Verification.Server.Checks;

/// <summary>What checks log: events 1040 to 1049. Never a permit's number, an identity number or a name.</summary>
internal static partial class Log
{
    [LoggerMessage(1040, LogLevel.Warning, "{Count} items of a batch could not be answered: {Failure}")]
    public static partial void BatchIncomplete(ILogger logger, int count, string failure);
}
