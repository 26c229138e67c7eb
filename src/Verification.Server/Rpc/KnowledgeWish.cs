using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Verification.Core.Lookup;
using Contract = Permits.Verification.V1;

namespace Verification.Server.Rpc;

/// <summary>
/// What a caller wants the answer to know. Every answer is read from the registry itself, so that any wish for freshness is met;
/// only a revision that the registry has not reached cannot be.
/// </summary>
/// <param name="AtLeast">A revision that the answer must reflect.</param>
/// <param name="KnownAt">The revision as of which to answer; null means the latest.</param>
internal readonly record struct KnowledgeWish(long? AtLeast, long? KnownAt)
{
    private const int NanosPerSecond = 1_000_000_000;

    /// <summary>Reads a wish. What is wrong with it is noted in <paramref name="fields"/>.</summary>
    public static KnowledgeWish Read(Contract.Freshness? freshness, long? knownAt, FieldReader fields)
    {
        if (knownAt < 0)
        {
            fields.Refuse("known_at_revision", ErrorReasons.InvalidRevision, "Revisions count from 0.");
        }

        return new KnowledgeWish(ReadFreshness(freshness, fields), knownAt);
    }

    /// <summary>The revision that an answer from a snapshot with this head reflects.</summary>
    /// <exception cref="RpcException">OUT_OF_RANGE: the registry has not reached the revision asked for.</exception>
    public long RevisionIn(RegistryHead head)
    {
        if (AtLeast > head.Revision)
        {
            throw RpcErrors.RevisionUnknown(AtLeast.Value, head.Revision);
        }

        return KnownAt > head.Revision
            ? throw RpcErrors.RevisionUnknown(KnownAt.Value, head.Revision)
            : KnownAt ?? head.Revision;
    }

    private static long? ReadFreshness(Contract.Freshness? freshness, FieldReader fields)
    {
        switch (freshness?.RequirementCase)
        {
            case Contract.Freshness.RequirementOneofCase.AtLeastRevision:
                if (freshness.AtLeastRevision < 0)
                {
                    fields.Refuse("freshness.at_least_revision", ErrorReasons.InvalidFreshness, "Revisions count from 0.");
                }

                return freshness.AtLeastRevision;
            case Contract.Freshness.RequirementOneofCase.FullyConsistent:
                if (!freshness.FullyConsistent)
                {
                    fields.Refuse("freshness.fully_consistent", ErrorReasons.InvalidFreshness, "It is true or absent.");
                }

                return null;
            case Contract.Freshness.RequirementOneofCase.MaxStaleness:
                if (!IsLengthOfTime(freshness.MaxStaleness))
                {
                    fields.Refuse(
                        "freshness.max_staleness", ErrorReasons.InvalidFreshness, "It is a well-formed duration and not negative.");
                }

                return null;
            default:
                return null;
        }
    }

    private static bool IsLengthOfTime(Duration duration) =>
        duration.Seconds is >= 0 and <= Duration.MaxSeconds && duration.Nanos is >= 0 and < NanosPerSecond;
}
