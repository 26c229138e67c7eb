using System.Diagnostics;
using Verification.Core.Rules.Codes;
using Verification.Core.Rules.Dates;
using Verification.Core.Rules.Rulebooks;
using Verification.Server.Access.Consumers;
using Verification.Server.Limits;
using AccessDecision = Verification.Server.Access.Consumers.AccessDecision;

namespace Verification.AccessCost;

/// <summary>What a check does with its consumer's limits and the node's, and to see that its credential still holds.</summary>
internal static class MeterCost
{
    private const int Checks = 1_000_000;

    /// <summary>Times it.</summary>
    /// <returns>Microseconds for a check.</returns>
    public static double Measure()
    {
        var time = TimeProvider.System;
        var limits = new ConsumerLimits { ChecksPerSecond = 1_000_000_000, CheckBurst = 1_000_000_000 };
        var consumer = new Consumer("measured", ConsumerClass.School, ConsumerRoles.Verify, new Budget("measured", limits, time));
        var admission = new AccessDecision(ConsumerSet.Empty, consumer, Validity.Always);
        using var inFlight = new ChecksInFlight(new ServerLimits());
        var best = double.MaxValue;
        for (var round = 0; round < 5; round++)
        {
            var started = Stopwatch.GetTimestamp();
            for (var i = 0; i < Checks; i++)
            {
                var scope = RulebookLibrary.Embedded.On(Calendar.DateInBeijing(time.GetUtcNow())).ScopeOf(consumer.Class);
                var isFine = admission.Holds(ConsumerSet.Empty, time.GetUtcNow())
                    && scope.View == StandingView.Restricted
                    && consumer.Budget.TakeChecks(1) is null
                    && consumer.Budget.TakeUnknown(0) is null;
                using var room = inFlight.Enter();
                if (!isFine || !room.IsAcquired)
                {
                    throw new InvalidOperationException("A check was refused.");
                }
            }

            best = Math.Min(best, Stopwatch.GetElapsedTime(started).TotalMicroseconds / Checks);
        }

        return best;
    }
}
