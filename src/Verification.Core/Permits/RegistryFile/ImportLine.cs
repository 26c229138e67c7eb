using Verification.Core.Permits.Events;

namespace Verification.Core.Permits.RegistryFile;

/// <summary>A line of a registry file: an event to judge, or already rejected for its form.</summary>
public readonly record struct ImportLine
{
    /// <summary>A line with an event.</summary>
    public ImportLine(long line, PermitStatement statement, int occurrence = 1) =>
        (Line, Statement, Occurrence) = (line, statement, occurrence);

    /// <summary>A line rejected for its form.</summary>
    public ImportLine(long line, Rejection rejection) => (Line, Rejection) = (line, rejection);

    /// <summary>The line's number, from 1.</summary>
    public long Line { get; }

    /// <summary>What happened to which permit; null where rejected.</summary>
    public PermitStatement? Statement { get; }

    /// <summary>Why the line is rejected; null where it has an event.</summary>
    public Rejection? Rejection { get; }

    /// <summary>Which of the file's lines that say the same it is, from 1.</summary>
    public int Occurrence { get; }
}
