using System.Collections.Immutable;
using Verification.Audit.Files;
using Verification.Audit.Keys;
using Verification.Audit.Reading;
using Verification.Audit.Verifying;

namespace Verification.Audit.Writing;

/// <summary>A folder that was taken, with the log that is written there.</summary>
/// <param name="Folder">The right to write in it.</param>
/// <param name="Start">What was found.</param>
/// <param name="Point">Where the log's chain goes on.</param>
/// <param name="NextSegment">The segment that it goes on with.</param>
internal sealed record LogOpening(FolderLock Folder, AuditLogStart Start, ChainPoint Point, int NextSegment)
{
    /// <summary>Takes a folder, and finds or begins its log.</summary>
    public static LogOpening Open(string folder, SigningKey key, KeyRing keys, IAuditFiles files, TimeProvider clock)
    {
        Directory.CreateDirectory(folder);
        var taken = FolderLock.Take(folder);
        try
        {
            var log = AuditFolder.Logs(folder).LastOrDefault();
            if (log is null)
            {
                return Begin(taken, folder, 1, []);
            }

            var found = new Recovery(files, key, keys, clock).Recover(log);
            return found.Damage.IsEmpty
                ? new LogOpening(taken, new AuditLogStart(log, IsNew: false, found.Cut, []), found.Point, found.NextSegment)
                : Begin(taken, folder, log.Ordinal + 1, found.Damage);
        }
        catch
        {
            taken.Dispose();
            throw;
        }
    }

    private static LogOpening Begin(FolderLock taken, string folder, int ordinal, ImmutableArray<AuditFinding> damage)
    {
        var id = Guid.NewGuid();
        var log = new AuditLogFiles(ordinal, id, Path.Combine(folder, LogNames.Log(ordinal, id)));
        Directory.CreateDirectory(log.Path);
        FolderSync.Flush(log.Path);
        return new LogOpening(taken, new AuditLogStart(log, IsNew: true, [], damage), ChainPoint.Beginning, 1);
    }
}
