namespace Verification.Server.Auditing;

/// <summary>What is logged of the audit log: events 2020 to 2029. Never what a record holds.</summary>
internal static partial class Log
{
    [LoggerMessage(2020, LogLevel.Information, "The audit log is {Folder}, signed with key {Key}.")]
    public static partial void Opened(ILogger logger, string folder, string key);

    [LoggerMessage(
        2021,
        LogLevel.Warning,
        "A torn tail was cut off the audit log, segment {Segment} at {Offset}: {Detail}. No head covered it, so nothing that was on the disk is lost. It is kept in {File}.")]
    public static partial void TailCut(ILogger logger, int segment, long offset, string detail, string file);

    [LoggerMessage(
        2022,
        LogLevel.Error,
        "THE AUDIT LOG IS DAMAGED under its signed heads, in {Place}, segment {Segment} at {Offset}: {Detail}. It was left as it is and another log was begun; a person must look at it.")]
    public static partial void Damaged(ILogger logger, string place, int segment, long offset, string detail);

    [LoggerMessage(2023, LogLevel.Error, "Nothing can be recorded, so nothing is answered. {Cause} Others like it since the last such line: {Before}.")]
    public static partial void NotRecorded(ILogger logger, string cause, long before);

    [LoggerMessage(2024, LogLevel.Error, "This node is not ready. {Trouble}")]
    public static partial void TakesNone(ILogger logger, string trouble);

    [LoggerMessage(2025, LogLevel.Information, "The audit log takes records again.")]
    public static partial void TakesSomeAgain(ILogger logger);

    [LoggerMessage(2026, LogLevel.Warning, "The audit log is not copied, and goes on. {Cause} It is tried again and again.")]
    public static partial void NotCopied(ILogger logger, string cause);

    [LoggerMessage(2027, LogLevel.Information, "The audit log is copied again.")]
    public static partial void CopiedAgain(ILogger logger);
}
