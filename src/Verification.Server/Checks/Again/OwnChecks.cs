using Verification.Audit.Records;
using Verification.Server.Access;
using Verification.Server.Limits;
using Verification.Server.Messages;
using Contract = Permits.Verification.V1;

namespace Verification.Server.Checks.Again;

/// <summary>Shows callers what they were answered.</summary>
internal sealed class OwnChecks(RecordFinder finder, CheckAgain again, ReadingRecords reading)
{
    /// <summary>Shows a check of the asker's own, and its verdict once more.</summary>
    public async Task<Contract.GetCheckResponse> ShowAsync(Contract.GetCheckRequest request, Asker asker, CallTime time)
    {
        // It asks about no number: who looked up too many unknown ones may still see what was answered.
        Verifier.ThrowIf(asker.Budget.TakeCost(1));
        var fields = new FieldReader();
        var id = fields.CheckId("check_id", request.CheckId);
        fields.ThrowIfWrong();

        var found = await finder.FindAsync(id, record => record.Consumer?.Name == asker.Name, time.Cancelled);
        var repetition = await again.DecideAsync(found.Record, time);
        await reading.LeaveAsync(AuditCall.CheckRead, asker, found.Record.Number, $"check_id={id}", time.Cancelled);
        return new Contract.GetCheckResponse
        {
            Record = CheckRecordWriter.Write(found.Record),
            Repetition = Write(repetition, found.Record),
        };
    }

    private static Contract.Repetition Write(Repetition repetition, AuditRecord record) => new()
    {
        Outcome = repetition switch
        {
            { WhyNot: not null } => Contract.RepetitionOutcome.NotRepeatable,
            { IsSame: true } => Contract.RepetitionOutcome.Same,
            _ => Contract.RepetitionOutcome.Different,
        },
        Verdict = repetition.Verdict is { } verdict ? AnswerWriter.Write(verdict, record.DecidedOn()) : null,
        Reason = repetition.WhyNot ?? string.Empty,
    };
}
