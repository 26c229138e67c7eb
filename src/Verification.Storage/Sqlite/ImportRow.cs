using Verification.Storage.Records;

namespace Verification.Storage.Sqlite;

/// <summary>An import as a row of the registry.</summary>
internal sealed class ImportRow : StoredImport
{
    public long? CompletedAt { get; init; }

    public override DateTimeOffset? Completed => CompletedAt is { } at ? StoredTime.FromMicroseconds(at) : null;
}
