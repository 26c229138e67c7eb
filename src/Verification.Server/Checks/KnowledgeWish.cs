using Google.Protobuf.WellKnownTypes;
using Verification.Core.Lookup;
using Verification.Server.Messages;
using Contract = Permits.Verification.V1;

namespace Verification.Server.Checks;

/// <summary>What a caller wants the answer to know.</summary>
/// <param name="Freshness">How fresh it must be.</param>
/// <param name="KnownAt">The revision as of which to answer; null means the latest.</param>
internal readonly record struct KnowledgeWish(FreshnessDemand Freshness, long? KnownAt)
{
    private const int NanosPerSecond = 1_000_000_000;

    /// <summary>Reads a wish. What is wrong with it is noted in <paramref name="fields"/>.</summary>
    public static KnowledgeWish Read(Contract.Freshness? freshness, long? knownAt, FieldReader fields)
    {
        if (knownAt < 0)
        {
            fields.Refuse("known_at_revision", FieldFault.NoRevision());
        }

        return new KnowledgeWish(ReadFreshness(freshness, fields), knownAt);
    }

    private static FreshnessDemand ReadFreshness(Contract.Freshness? freshness, FieldReader fields)
    {
        switch (freshness?.RequirementCase)
        {
            case Contract.Freshness.RequirementOneofCase.AtLeastRevision:
                if (freshness.AtLeastRevision < 0)
                {
                    fields.Refuse("freshness.at_least_revision", FieldFault.NoRevisionToReach());
                    return default;
                }

                return FreshnessDemand.AtLeastRevision(freshness.AtLeastRevision);
            case Contract.Freshness.RequirementOneofCase.FullyConsistent:
                if (!freshness.FullyConsistent)
                {
                    fields.Refuse("freshness.fully_consistent", FieldFault.NotConsistent());
                }

                return FreshnessDemand.FullyConsistent();
            case Contract.Freshness.RequirementOneofCase.MaxStaleness:
                if (!IsLengthOfTime(freshness.MaxStaleness))
                {
                    fields.Refuse("freshness.max_staleness", FieldFault.NoLengthOfTime());
                    return default;
                }

                return FreshnessDemand.MaxStaleness(freshness.MaxStaleness.ToTimeSpan());
            default:
                return default;
        }
    }

    private static bool IsLengthOfTime(Duration duration) =>
        duration.Seconds is >= 0 and <= Duration.MaxSeconds && duration.Nanos is >= 0 and < NanosPerSecond;
}
