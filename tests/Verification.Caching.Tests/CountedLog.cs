using Microsoft.Extensions.Logging;

namespace Verification.Caching.Tests;

/// <summary>Keeps the lines of a log.</summary>
internal sealed class CountedLog : ILogger
{
    private readonly List<string> _lines = [];

    /// <summary>The lines so far, each with its level; a line with an exception ends with its type.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lines)
            {
                return [.. _lines];
            }
        }
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (_lines)
        {
            _lines.Add($"{logLevel}: {formatter(state, exception)} {exception?.GetType().Name}".TrimEnd());
        }
    }
}
