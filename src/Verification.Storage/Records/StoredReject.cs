using Verification.Core.Permits;
using Verification.Core.Registry;

namespace Verification.Storage.Records;

/// <summary>A line that an import did not load, as every store keeps it.</summary>
internal sealed class StoredReject
{
    public long Line { get; init; }

    public string Code { get; init; } = string.Empty;

    public string Detail { get; init; } = string.Empty;

    /// <summary>In Chinese; null where an older version rejected the line.</summary>
    public string? DetailZh { get; init; }

    /// <summary>The rejected line.</summary>
    /// <exception cref="FormatException">The row is damaged.</exception>
    public RejectedLine ToRejectedLine() =>
        CodeNames.TryParse<RejectCode>(Code, out var code)
            ? new RejectedLine(Line, new Rejection(code, new(Detail, DetailZh ?? string.Empty)))
            : throw new FormatException("A stored reject code is damaged.");
}
