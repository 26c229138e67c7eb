using Verification.Core.Registry;
using Verification.Storage.Records;

namespace Verification.Storage.Sqlite;

/// <summary>When the newest event was recorded, as a row of the registry.</summary>
internal sealed class LastRow
{
    public long RecordedAt { get; init; }

    public long ClockFloor { get; init; }

    public LastRecorded ToLastRecorded() => new(StoredTime.FromMicroseconds(RecordedAt), StoredTime.FromMicroseconds(ClockFloor));
}
