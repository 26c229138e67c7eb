using Verification.Audit.Reading;
using Verification.Audit.Storing;
using Verification.Audit.Writing;

namespace Verification.Audit.Copying;

/// <summary>
/// Deletes what is over: files of segments that the database holds whole, and segments of the database whose time is over. The ends of each stay, so
/// that the chain still verifies, and each deletion is recorded in the log before it is done.
/// </summary>
internal sealed class Cleaning(AuditCopierOptions options, AuditDatabase database, AuditLog log, TimeProvider clock)
{
    private long? _last;

    /// <summary>Does so where it was not done lately.</summary>
    /// <exception cref="AuditDatabaseException">The database cannot be reached.</exception>
    /// <exception cref="AuditUnavailableException">A deletion cannot be recorded; nothing was deleted.</exception>
    /// <exception cref="IOException">A file cannot be read or deleted.</exception>
    public async Task RunIfDueAsync(CancellationToken cancellationToken)
    {
        if (_last is { } last && clock.GetElapsedTime(last) < options.CleanInterval)
        {
            return;
        }

        _last = clock.GetTimestamp();
        foreach (var files in AuditFolder.Logs(options.Folder))
        {
            await DeleteFilesAsync(files, cancellationToken);
        }

        await foreach (var ends in database.FindSegmentsBeforeAsync(clock.GetUtcNow() - options.Retention, cancellationToken))
        {
            log.Append(LogRecords.DeletedCopy(ends, clock.GetUtcNow()));
            await database.DeleteAsync(ends, cancellationToken);
        }
    }

    private async Task DeleteFilesAsync(AuditLogFiles files, CancellationToken cancellationToken)
    {
        foreach (var segment in files.Segments().Where(segment => !segment.IsDeleted))
        {
            if (await database.HoldsSegmentSinceBeforeAsync(files.LogId, segment.Ordinal, clock.GetUtcNow() - options.KeepFiles, cancellationToken)
                && SegmentEnds.Of(segment) is { } ends
                && await database.HoldsAsync(ends, cancellationToken))
            {
                log.Delete(segment);
            }
        }
    }
}
