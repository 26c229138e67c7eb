using Verification.Core.Permits;
using Verification.Core.Registry;
using Verification.Storage.Records;

namespace Verification.Storage.Sqlite;

/// <summary>What tells an event from another, as a row of the registry.</summary>
internal sealed class MarkRow
{
    public string Permit { get; init; } = string.Empty;

    public long Sequence { get; init; }

    public long RecordedAt { get; init; }

    public EventMark ToMark() =>
        new(PermitNumber.FromStored(Permit), (int)Sequence, StoredTime.FromMicroseconds(RecordedAt));
}
