using Google.Protobuf.WellKnownTypes;
using Permits.Verification.V1;
using Verification.Core.Rules.Dates;
using Verification.Load.MadeUp;
using Verification.Load.Questions;
using ConsumerClass = Verification.Core.Rules.Codes.ConsumerClass;

namespace Verification.Load.Yardsticks;

/// <summary>The answers of who always gives the same: as large as the service's.</summary>
internal static class FixedAnswers
{
    private static readonly Expectations School = For(ConsumerClass.School);
    private static readonly Expectations Vehicle = For(ConsumerClass.VehicleLottery);

    /// <summary>To a check, as a school is answered about the first permit.</summary>
    public static VerifyPermitResponse One { get; } = Answer(School.Verdict(MadeUpPermits.NumberOf(0)));

    /// <summary>To a batch, as the vehicle lottery is answered about the first permits.</summary>
    public static BatchVerifyPermitsResponse Batch(int checks)
    {
        var batch = new BatchVerifyPermitsResponse();
        batch.Items.AddRange(Enumerable.Range(0, checks).Select(index => new BatchItem { Response = Answer(Vehicle.Verdict(MadeUpPermits.NumberOf(index))) }));
        return batch;
    }

    private static Expectations For(ConsumerClass consumer)
    {
        var today = Calendar.DateInBeijing(TimeProvider.System.GetUtcNow());
        return new Expectations(new MadeUpPermits(today), today, consumer);
    }

    private static VerifyPermitResponse Answer(Permits.Verification.V1.Verdict verdict) => new()
    {
        Verdict = verdict,
        Provenance = new Provenance
        {
            CheckId = Guid.Empty.ToString("N"),
            Revision = 4_000_000,
            DataAsOf = new Timestamp { Seconds = 1_800_000_000, Nanos = 500_000_000 },
            RulebookVersion = "2026.1",
        },
    };
}
