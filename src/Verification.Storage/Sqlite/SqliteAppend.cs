using Dapper;
using Microsoft.Data.Sqlite;
using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Core.Registry;
using Verification.Core.Rules.Rulebooks;
using Verification.Core.Rules.Timelines;

namespace Verification.Storage.Sqlite;

/// <summary>Records one event inside a transaction.</summary>
internal static class SqliteAppend
{
    /// <summary>What became of the event, and whether there is anything to commit.</summary>
    public static (AppendResult Result, bool Commit) Append(
        SqliteTransaction transaction, EventAppend append, Rulebook rulebook, DateTimeOffset recordedAt)
    {
        var connection = transaction.Connection!;
        var recorded = connection.QuerySingleOrDefault<EventRow>(
            SqliteStatements.ReadRequest, new { recordedBy = append.RecordedBy, requestId = append.RequestId }, transaction);
        if (recorded is { } first)
        {
            return (append.AnswerFrom(first.Revision, PermitNumber.FromStored(first.Permit), first.ToEvent()), false);
        }

        var history = connection.Query<EventRow>(SqliteStatements.ReadEvents, new { permit = append.Permit.ToString() }, transaction);
        var admission = new Admission(rulebook, history.Select(row => row.ToEvent()));
        if (admission.TryAdd(append.Event) is { } rejection)
        {
            return (new AppendResult(0, AlreadyRecorded: false, rejection), false);
        }

        var revision = connection.ExecuteScalar<long>(SqliteStatements.RaiseCounter, new { count = 1 }, transaction);
        using var insert = new EventInsert(transaction, recordedAt, append.RecordedBy, append.RequestId);
        insert.Execute(new PermitStatement(append.Permit, append.Event), admission.Count, revision);
        return (new AppendResult(revision, AlreadyRecorded: false, null), true);
    }
}
