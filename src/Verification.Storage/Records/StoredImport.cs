using Verification.Core.Registry;

namespace Verification.Storage.Records;

/// <summary>How far an import has come, as every store keeps it.</summary>
internal abstract class StoredImport
{
    public long LinesRead { get; init; }

    public long EventsLoaded { get; init; }

    public long Revision { get; init; }

    public string PrefixDigest { get; init; } = string.Empty;

    public bool IsComplete { get; init; }

    public long AlreadyRecorded { get; init; }

    public long AlreadyAnnulled { get; init; }

    public abstract DateTimeOffset? Completed { get; }

    public ImportProgress ToProgress() =>
        new(LinesRead, EventsLoaded, Revision, PrefixDigest, IsComplete, AlreadyRecorded, AlreadyAnnulled, Completed);
}
