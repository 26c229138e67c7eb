using Verification.Storage.Records;

namespace Verification.Storage.SqlServer;

/// <summary>An import as a row of the registry.</summary>
internal sealed class ImportRow : StoredImport
{
    public DateTime? CompletedAt { get; init; }

    public override DateTimeOffset? Completed => CompletedAt is { } at ? EventRow.Instant(at) : null;
}
