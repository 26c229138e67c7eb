using Grpc.Core;
using Verification.Audit.Records;
using Verification.Audit.Storing;
using Verification.Server.Errors;

namespace Verification.Server.Checks.Again;

/// <summary>Finds the record of one check, whichever node answered it.</summary>
internal sealed class RecordFinder(IAuditRecords records, TimeProvider timeProvider)
{
    // Records are copied behind the answers. Within this time "not found" may mean "not yet".
    private static readonly TimeSpan TimeToCopy = TimeSpan.FromSeconds(10);

    /// <summary>The record of a check.</summary>
    /// <param name="id">The check.</param>
    /// <param name="mayBeShown">Whether a record may be shown; of one that may not it is not told that it is there.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="RpcException">NOT_FOUND, or UNAVAILABLE where it may come yet.</exception>
    /// <exception cref="AuditDatabaseException">The database cannot be reached.</exception>
    public async Task<StoredRecord> FindAsync(CheckId id, Func<AuditRecord, bool> mayBeShown, CancellationToken cancellationToken)
    {
        await foreach (var found in records.FindAsync(new AuditQuery { CheckId = id }, cancellationToken))
        {
            if (mayBeShown(found.Record))
            {
                return found;
            }
        }

        throw MayComeYet(id) ? RpcErrors.AuditBehind() : RpcErrors.CheckUnknown();
    }

    /// <summary>By the time in it; that of a node whose clock is ahead of this one's is young too. What is far ahead no node made.</summary>
    private bool MayComeYet(CheckId id) =>
        Math.Abs(timeProvider.GetUtcNow().ToUnixTimeMilliseconds() - id.UnixMilliseconds) < TimeToCopy.TotalMilliseconds;
}
