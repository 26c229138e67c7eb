using Microsoft.Extensions.Logging.Console;

namespace Verification.Server.Telemetry;

/// <summary>Writes the log as the setting says.</summary>
internal static class LogOutput
{
    /// <summary>Sets the form of what goes to standard output.</summary>
    public static ILoggingBuilder WriteAs(this ILoggingBuilder logging, LogFormat format, TimeProvider clock)
    {
        if (format == LogFormat.Json)
        {
            logging.Services.AddSingleton<ConsoleFormatter>(new JsonLogFormatter(clock));
            logging.AddConsole(console => console.FormatterName = JsonLogFormatter.FormatterName);
        }

        return logging;
    }
}
