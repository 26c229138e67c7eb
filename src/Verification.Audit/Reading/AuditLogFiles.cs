using System.Collections.Immutable;

namespace Verification.Audit.Reading;

/// <summary>The files of one log.</summary>
/// <param name="Ordinal">Its place among the logs of its folder, from 1.</param>
/// <param name="LogId">Its random id.</param>
/// <param name="Path">Its folder.</param>
public sealed record AuditLogFiles(int Ordinal, Guid LogId, string Path)
{
    /// <summary>Its segments in order, those that were deleted and left their end among them.</summary>
    public ImmutableArray<AuditSegmentFile> Segments()
    {
        var segments = new SortedDictionary<int, AuditSegmentFile>();
        foreach (var path in Directory.EnumerateFiles(Path))
        {
            if (LogNames.TryReadSegment(System.IO.Path.GetFileName(path), out var ordinal, out var isEnd)
                && !(isEnd && segments.ContainsKey(ordinal)))
            {
                // While a segment is deleted both are there for a moment.
                segments[ordinal] = new AuditSegmentFile(LogId, ordinal, path, isEnd);
            }
        }

        return [.. segments.Values];
    }

    /// <summary>The files that keep what was cut off torn tails, in order of their names.</summary>
    public ImmutableArray<string> TornTails() =>
        [.. Directory.EnumerateFiles(Path).Where(path => LogNames.IsTorn(System.IO.Path.GetFileName(path))).Order(StringComparer.Ordinal)];
}
