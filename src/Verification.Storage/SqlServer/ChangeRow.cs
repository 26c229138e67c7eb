using Verification.Core.Permits;
using Verification.Core.Registry;

namespace Verification.Storage.SqlServer;

/// <summary>A row of the feed: the head and the mark on every row, and a change on all rows but the one that says there is none.</summary>
internal sealed class ChangeRow
{
    public Guid RegistryId { get; init; }

    public long Counter { get; init; }

    public DateTime AsOf { get; init; }

    public string? MarkPermit { get; init; }

    public int MarkSequence { get; init; }

    public DateTime MarkRecordedAt { get; init; }

    public DateTime? LastRecordedAt { get; init; }

    public DateTime? ClockFloor { get; init; }

    public long Revision { get; init; }

    public string? Permit { get; init; }

    /// <summary>What the rows say together.</summary>
    public static RegistryChanges ToChanges(List<ChangeRow> rows)
    {
        var first = rows[0];
        return new RegistryChanges(
            new RegistryHead(first.RegistryId, first.Counter, EventRow.Instant(first.AsOf)),
            first.MarkPermit is null
                ? null
                : new EventMark(PermitNumber.FromStored(first.MarkPermit), first.MarkSequence, EventRow.Instant(first.MarkRecordedAt)),
            [.. rows.Where(row => row.Permit is not null).Select(row => new RegistryChange(row.Revision, PermitNumber.FromStored(row.Permit)))],
            first.LastRecordedAt is { } last
                ? new LastRecorded(EventRow.Instant(last), EventRow.Instant(first.ClockFloor ?? last))
                : null);
    }
}
