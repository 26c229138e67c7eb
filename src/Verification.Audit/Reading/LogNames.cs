using System.Globalization;

namespace Verification.Audit.Reading;

/// <summary>What the files and folders of a log are called.</summary>
internal static class LogNames
{
    private const int SegmentDigits = 8;
    private const int LogDigits = 4;
    private const string SegmentSuffix = ".segment";
    private const string EndSuffix = ".end";
    private const string TornSuffix = ".torn-";

    public static string Log(int ordinal, Guid id) => string.Create(CultureInfo.InvariantCulture, $"{ordinal:D4}-{id:N}");

    public static string Segment(int ordinal) => string.Create(CultureInfo.InvariantCulture, $"{ordinal:D8}{SegmentSuffix}");

    /// <summary>What stays of a segment that was deleted.</summary>
    public static string End(int ordinal) => string.Create(CultureInfo.InvariantCulture, $"{ordinal:D8}{EndSuffix}");

    /// <summary>Bytes that were cut out of a segment at a place.</summary>
    public static string Torn(int ordinal, int offset) => string.Create(CultureInfo.InvariantCulture, $"{Segment(ordinal)}{TornSuffix}{offset}");

    public static bool IsTorn(string name) => name.Contains(SegmentSuffix + TornSuffix, StringComparison.Ordinal);

    public static bool TryReadLog(string name, out int ordinal, out Guid id)
    {
        id = Guid.Empty;
        ordinal = 0;
        var dash = name.IndexOf('-', StringComparison.Ordinal);
        return dash >= LogDigits && TryReadOrdinal(name.AsSpan(0, dash), out ordinal) && Guid.TryParseExact(name.AsSpan(dash + 1), "N", out id);
    }

    /// <summary>Reads the name of a segment, or of what stays of one.</summary>
    public static bool TryReadSegment(string name, out int ordinal, out bool isEnd)
    {
        ordinal = 0;
        isEnd = name.EndsWith(EndSuffix, StringComparison.Ordinal);
        return name.Length == SegmentDigits + (isEnd ? EndSuffix : SegmentSuffix).Length
            && (isEnd || name.EndsWith(SegmentSuffix, StringComparison.Ordinal))
            && TryReadOrdinal(name.AsSpan(0, SegmentDigits), out ordinal);
    }

    private static bool TryReadOrdinal(ReadOnlySpan<char> digits, out int ordinal) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out ordinal) && ordinal > 0;
}
