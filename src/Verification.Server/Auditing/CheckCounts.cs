using System.Diagnostics.Metrics;
using Verification.Audit.Records;
using Verification.Audit.Writing;
using Verification.Core.Lookup;
using Verification.Core.Permits;
using Verification.Core.Rules.Codes;

namespace Verification.Server.Auditing;

/// <summary>
/// How many checks were answered: a number for each class, status and tier, and no more than that, whatever is asked. The record of an answered
/// check, which has exactly one, adds one to one of them, whether anybody looks or not.
/// </summary>
internal sealed class CheckCounts : IRecordCounts
{
    private static readonly int Statuses = (int)Enum.GetValues<PermitStatus>().Max() + 1;
    private static readonly int Sources = (int)Enum.GetValues<LookupSource>().Max() + 1;

    private readonly long[] _counts = new long[((int)Enum.GetValues<ConsumerClass>().Max() + 1) * Statuses * Sources];

    /// <inheritdoc/>
    public void Add(in AuditDraft record)
    {
        if (record is { Source: { } source, Answer: { } answer, Consumer: { } consumer })
        {
            ref var count = ref _counts[PlaceOf(consumer.Class, answer.Standing.Status, source)];
            Volatile.Write(ref count, count + 1);
        }
    }

    /// <summary>Those that are not 0.</summary>
    public IEnumerable<Measurement<long>> Observe()
    {
        foreach (var consumer in Enum.GetValues<ConsumerClass>())
        {
            foreach (var status in Enum.GetValues<PermitStatus>())
            {
                foreach (var source in Enum.GetValues<LookupSource>())
                {
                    if (Volatile.Read(ref _counts[PlaceOf(consumer, status, source)]) is > 0 and var count)
                    {
                        yield return new Measurement<long>(
                            count,
                            new KeyValuePair<string, object?>("class", CodeNames.WordOf(consumer)),
                            new KeyValuePair<string, object?>("outcome", CodeNames.WordOf(status)),
                            new KeyValuePair<string, object?>("source", CodeNames.WordOf(source)));
                    }
                }
            }
        }
    }

    private static int PlaceOf(ConsumerClass consumer, PermitStatus status, LookupSource source) =>
        (((int)consumer * Statuses) + (int)status) * Sources + (int)source;
}
