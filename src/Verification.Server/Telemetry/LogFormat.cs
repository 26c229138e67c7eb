namespace Verification.Server.Telemetry;

/// <summary>How the log is written to standard output.</summary>
internal enum LogFormat
{
    /// <summary>Lines for a person.</summary>
    Text,

    /// <summary>One JSON object a line, for a program.</summary>
    Json,
}
