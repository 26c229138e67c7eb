using Verification.Core.Rules.Codes;
using Verification.Load.MadeUp;
using Verification.Load.Questions;
using Verification.Load.Servers;

namespace Verification.Load.Scenarios;

/// <summary>What the scenarios of a run stand on.</summary>
/// <param name="Permits">The permits.</param>
/// <param name="Today">The date that the run began on: one that goes over midnight in Beijing finds its answers wrong, and says so.</param>
/// <param name="Count">How many permits there are.</param>
/// <param name="Fleet">The servers.</param>
internal sealed record Ground(MadeUpPermits Permits, DateOnly Today, int Count, Fleet Fleet)
{
    /// <summary>What a school is answered.</summary>
    public Expectations School { get; } = new(Permits, Today, ConsumerClass.School);

    /// <summary>What the vehicle lottery is answered.</summary>
    public Expectations Vehicle { get; } = new(Permits, Today, ConsumerClass.VehicleLottery);

    /// <summary>The registry's revision after the import.</summary>
    public long Revision => (long)Count * Story.EventsAPermit;
}
