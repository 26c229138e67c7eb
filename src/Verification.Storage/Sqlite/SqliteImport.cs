using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Core.Registry;
using Verification.Core.Rules.Rulebooks;
using Verification.Storage.Records;

namespace Verification.Storage.Sqlite;

/// <summary>Loads one batch of an import inside a transaction.</summary>
internal static class SqliteImport
{
    public static ImportProgress ReadProgress(SqliteConnection connection, SqliteTransaction? transaction, string importId) =>
        connection.QuerySingleOrDefault<ImportRow>(SqliteStatements.ReadImport, new { importId }, transaction)?.ToProgress()
        ?? ImportProgress.None;

    public static ImportBatchResult Load(SqliteTransaction transaction, ImportBatch batch, Rulebook rulebook, DateTimeOffset recordedAt)
    {
        var connection = transaction.Connection!;
        var before = ReadProgress(connection, transaction, batch.ImportId);
        if (before.LinesRead != batch.LinesBefore || before.IsComplete)
        {
            throw new ImportConflictException(batch.ImportId, batch.LinesBefore);
        }

        var admission = new BatchAdmission(rulebook, PresentEvents(transaction, batch));
        foreach (var line in batch.Lines)
        {
            admission.Add(line);
        }

        var progress = before.After(batch, admission, InsertEvents(transaction, batch, admission, recordedAt));
        connection.Execute(
            SqliteStatements.SaveImport,
            new
            {
                importId = batch.ImportId,
                linesRead = progress.LinesRead,
                eventsLoaded = progress.EventsLoaded,
                revision = progress.Revision,
                prefixDigest = progress.PrefixDigest,
                isComplete = progress.IsComplete,
                recordedBy = batch.RecordedBy,
                alreadyRecorded = progress.AlreadyRecorded,
                alreadyAnnulled = progress.AlreadyAnnulled,
                completedAt = progress.IsComplete ? StoredTime.ToMicroseconds(recordedAt) : (long?)null,
            },
            transaction);
        var rejects = admission.Rejected;
        connection.Execute(
            SqliteStatements.InsertReject,
            rejects.Select(reject => new
            {
                importId = batch.ImportId,
                line = reject.Line,
                code = CodeNames.NameOf(reject.Rejection.Code),
                detail = reject.Rejection.Detail.English,
                detailZh = reject.Rejection.Detail.Chinese,
            }),
            transaction);
        return new ImportBatchResult(ReadProgress(connection, transaction, batch.ImportId), rejects);
    }

    private static IEnumerable<PermitStatement> PresentEvents(SqliteTransaction transaction, ImportBatch batch)
    {
        var numbers = batch.Lines.Where(line => line.Statement is not null).Select(line => line.Statement!.Permit).Distinct();
        var rows = transaction.Connection!.Query<(string Permit, string Type, string EffectiveOn, string? Payload)>(
            SqliteStatements.LoadEvents,
            new { permits = JsonSerializer.Serialize(numbers.Select(number => number.ToString())) },
            transaction,
            buffered: false);
        return rows.Select(row => PermitStatement.Stored(PermitNumber.FromStored(row.Permit), row.Type, EventRow.ReadDate(row.EffectiveOn), row.Payload));
    }

    /// <summary>The revision of the last event inserted; 0 when there was none, which leaves the counter alone.</summary>
    private static long InsertEvents(SqliteTransaction transaction, ImportBatch batch, BatchAdmission admission, DateTimeOffset recordedAt)
    {
        var count = admission.Admitted.Count;
        if (count == 0)
        {
            return 0;
        }

        var last = transaction.Connection!.ExecuteScalar<long>(SqliteStatements.RaiseCounter, new { count }, transaction);
        using var insert = new EventInsert(transaction, recordedAt, batch.RecordedBy, requestId: null);
        var revision = last - count;
        foreach (var (statement, sequence) in admission.Admitted)
        {
            insert.Execute(statement, sequence, ++revision);
        }

        return last;
    }
}
