namespace Verification.Core.Registry;

/// <summary>How far an import has come.</summary>
/// <param name="LinesRead">Lines of the file that are done, empty ones included.</param>
/// <param name="EventsLoaded">Events loaded.</param>
/// <param name="Revision">The revision of the last event loaded; 0 while there is none.</param>
/// <param name="PrefixDigest">SHA-256 of those lines, in hexadecimal; empty while there are none.</param>
/// <param name="IsComplete">Whether the file's end was reached.</param>
public sealed record ImportProgress(long LinesRead, long EventsLoaded, long Revision, string PrefixDigest, bool IsComplete)
{
    /// <summary>An import that never began.</summary>
    public static ImportProgress None { get; } = new(0, 0, 0, string.Empty, false);
}
