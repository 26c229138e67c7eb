using System.Globalization;
using Verification.Audit.Reading;
using Verification.Audit.Records;

namespace Verification.Audit.Writing;

/// <summary>The records of the log's own.</summary>
internal static class LogRecords
{
    /// <summary>That a node began to write, on which host, and what it found.</summary>
    public static AuditDraft Started(string host, AuditLogStart start, DateTimeOffset now)
    {
        var note = $"host {host}";
        foreach (var cut in start.Cut)
        {
            note += string.Create(
                CultureInfo.InvariantCulture, $"; {cut.Detail} segment {cut.Segment} at {cut.Offset}, kept in {Path.GetFileName(cut.Place)}");
        }

        if (!start.Damage.IsEmpty)
        {
            note += $"; the log before, in {Path.GetFileName(Path.GetDirectoryName(start.Damage[0].Place))}, is damaged and was left";
        }

        return Of(AuditCall.LogStarted, note, now);
    }

    /// <summary>That a segment was deleted.</summary>
    public static AuditDraft Deleted(SegmentEnds ends, DateTimeOffset now) => Of(AuditCall.SegmentDeleted, TextOf(ends), now);

    /// <summary>That the audit database's copy of a segment was deleted.</summary>
    public static AuditDraft DeletedCopy(SegmentEnds ends, DateTimeOffset now) =>
        Of(AuditCall.SegmentDeleted, $"{TextOf(ends)}, in the audit database", now);

    private static string TextOf(SegmentEnds ends) => string.Create(
        CultureInfo.InvariantCulture,
        $"log {ends.Header.LogId:N}, segment {ends.Header.Segment}, blocks {ends.FirstBlock} to {ends.LastBlock}");

    private static AuditDraft Of(AuditCall call, string note, DateTimeOffset now) => new()
    {
        CheckId = new CheckId(Guid.CreateVersion7(now)),
        Instant = now,
        Call = call,
        Note = AuditText.TryCreate(note, out var text) ? text : AuditText.Of(call.ToString()),
    };
}
