using System.Numerics;
using Google.Protobuf.WellKnownTypes;
using Verification.Core.Rules.Rulebooks;
using Verification.Server.Access;
using Verification.Server.Access.Consumers;
using Verification.Server.Limits;
using Contract = Permits.Verification.V1;

namespace Verification.Server.Checks;

/// <summary>Writes who a caller is and what it may do, as the contract has it.</summary>
internal static class CallerWriter
{
    private const long SecondsPerMinute = 60;

    /// <summary>Writes it.</summary>
    /// <param name="asker">The caller.</param>
    /// <param name="rulebook">Today's, which says what its class may see.</param>
    public static Contract.GetCallerResponse Write(Asker asker, Rulebook rulebook)
    {
        var answer = new Contract.GetCallerResponse
        {
            Consumer = asker.Name,
            ConsumerClass = (Contract.ConsumerClass)asker.Class,
            MustIdentify = asker.MustIdentify,
            Limits = Write(asker.Budget.Left),
        };
        answer.Roles.AddRange(System.Enum.GetValues<ConsumerRoles>().Where(role => role != ConsumerRoles.None && asker.Has(role)).Select(Write));
        answer.Entitlements.AddRange(
            rulebook.ScopeOf(asker.Class).Entitlements.Select(entitlement => (Contract.Entitlement)entitlement).Order());
        if (asker.Decision.Validity.Expires is var expires && expires != DateTimeOffset.MaxValue)
        {
            answer.CredentialExpiresAt = expires.ToTimestamp();
        }

        return answer;
    }

    private static Contract.CallerLimits Write(BudgetLeft left) => new()
    {
        Checks = new()
        {
            Capacity = left.Limits.CheckBurst,
            Left = left.Checks,
            AddedPerMinute = left.Limits.ChecksPerSecond * SecondsPerMinute,
        },
        UnknownNumbers = new()
        {
            Capacity = left.Limits.UnknownBurst,
            Left = left.Unknown,
            AddedPerMinute = left.Limits.UnknownPerMinute,
        },
        BatchUnknownNumbers = new()
        {
            Capacity = left.Limits.UnknownBurstOfBatches,
            Left = left.UnknownOfBatches,
            AddedPerMinute = left.Limits.UnknownPerMinuteOfBatches,
        },
        BatchesAllowed = left.Limits.Batches,
        ConcurrentStreams = left.Limits.ConcurrentStreams,
        StreamsLeft = left.Streams,
        WrongGuessesPerDay = left.Limits.WrongGuessesPerDay,
    };

    /// <summary>Roles are bits here, and in the contract their places.</summary>
    private static Contract.ConsumerRole Write(ConsumerRoles role) => (Contract.ConsumerRole)(1 + BitOperations.Log2((uint)role));
}
