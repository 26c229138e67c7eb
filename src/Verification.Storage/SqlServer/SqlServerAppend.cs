using Dapper;
using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Core.Registry;
using Verification.Core.Rules.Rulebooks;
using Verification.Core.Rules.Timelines;

namespace Verification.Storage.SqlServer;

/// <summary>
/// Records one event in a transaction of a session. Safe to repeat: a second run finds the request that the first committed, and
/// reports it as recorded already.
/// </summary>
internal static class SqlServerAppend
{
    public static async Task<AppendResult> RunAsync(
        SqlServerSession session, EventAppend append, Rulebook rulebook, TimeSpan timeout)
    {
        await session.BeginAsync();
        var (revision, recorded, history) = await BeginAsync(session, append, timeout);
        if (recorded is { } first)
        {
            return append.AnswerFrom(first.Revision, PermitNumber.FromStored(first.Permit), first.ToEvent());
        }

        // Nothing is committed on refusal: the counter falls back, and no revision is left out.
        var admission = new Admission(rulebook, history.Select(row => row.ToEvent()));
        if (admission.TryAdd(append.Event) is { } rejection)
        {
            return new AppendResult(0, AlreadyRecorded: false, rejection);
        }

        await session.ExecuteAsync(SqlServerStatements.InsertEvent, Parameters(append, admission.Count, revision));
        await session.CommitAsync();
        return new AppendResult(revision, AlreadyRecorded: false, null);
    }

    private static async Task<(long Revision, EventRow? Recorded, List<EventRow> History)> BeginAsync(
        SqlServerSession session, EventAppend append, TimeSpan timeout)
    {
        var parameters = new DynamicParameters()
            .Long("count", 1)
            .RecordedBy(append.RecordedBy)
            .RequestId(append.RequestId)
            .Permit(append.Permit);
        using var answers = await session.QueryMultipleAsync(
            SqlServerStatements.WaitForLocks(timeout) + SqlServerStatements.BeginAppend, parameters);
        var revision = await answers.ReadSingleAsync<long>();
        var recorded = await answers.ReadSingleOrDefaultAsync<EventRow>();
        return (revision, recorded, (await answers.ReadAsync<EventRow>()).AsList());
    }

    private static DynamicParameters Parameters(EventAppend append, int sequence, long revision) => new DynamicParameters()
        .Permit(append.Permit)
        .Whole("sequence", sequence)
        .Long("revision", revision)
        .Whole("bucket", append.Permit.Bucket)
        .EventType(append.Event.Name)
        .Date("effectiveOn", append.Event.On)
        .Payload(EventPayload.Write(append.Event))
        .RecordedBy(append.RecordedBy)
        .RequestId(append.RequestId);
}
