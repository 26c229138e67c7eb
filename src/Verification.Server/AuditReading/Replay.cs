using Verification.Audit.Storing;
using Verification.Server.Checks;
using Verification.Server.Checks.Again;
using Verification.Server.Limits;
using Contract = Permits.Audit.V1;

namespace Verification.Server.AuditReading;

/// <summary>Asks again what was asked, record by record, and counts what comes out the same.</summary>
internal sealed class Replay(CheckAgain again, TimeProvider timeProvider)
{
    private static readonly TimeSpan ReportInterval = TimeSpan.FromSeconds(1);

    /// <summary>Asks these again.</summary>
    /// <param name="records">The records.</param>
    /// <param name="oneIn">One in so many is asked again, chosen at random; 0 and 1 mean all.</param>
    /// <param name="report">Takes how far it is, about every second, and the whole at the end.</param>
    /// <param name="time">How long the call has.</param>
    public async Task RunAsync(
        IAsyncEnumerable<StoredRecord> records, int oneIn, Func<Contract.ReplayResponse, Task> report, CallTime time)
    {
        var run = new Contract.ReplayResponse();
        var reported = timeProvider.GetTimestamp();
        await foreach (var found in records)
        {
            run.RecordsRead++;
            if (oneIn > 1 && Random.Shared.Next(oneIn) > 0)
            {
                run.LeftOut++;
            }
            else
            {
                Count(run, found, await again.DecideAsync(found.Record, time));
            }

            if (timeProvider.GetElapsedTime(reported) >= ReportInterval)
            {
                await report(run);
                reported = timeProvider.GetTimestamp();
            }
        }

        run.Complete = true;
        await report(run);
    }

    private static void Count(Contract.ReplayResponse run, StoredRecord found, Repetition repetition)
    {
        switch (repetition)
        {
            case { IsSame: true }:
                run.Same++;
                break;
            case { Verdict: { } verdict }:
                run.Different++;
                run.FirstDifference ??= new Contract.Difference
                {
                    Record = AuditRecordWriter.Write(found),
                    Verdict = AnswerWriter.Write(verdict, found.Record.DecidedOn()),
                };
                break;
            case { WhyNot: Repetition.NoVerdict }:
                run.WithoutVerdict++;
                break;
            default:
                run.NotRepeatable++;
                break;
        }
    }
}
