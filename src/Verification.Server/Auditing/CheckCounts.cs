using System.Diagnostics.Metrics;
using Verification.Core.Lookup;
using Verification.Core.Permits;
using Verification.Core.Rules.Codes;

namespace Verification.Server.Auditing;

/// <summary>
/// How many checks were answered: a number for each class, status and tier, and no more than that, whatever is asked. A check adds one to
/// one of them, whether anybody looks or not.
/// </summary>
internal sealed class CheckCounts
{
    private static readonly int Statuses = (int)Enum.GetValues<PermitStatus>().Max() + 1;
    private static readonly int Sources = (int)Enum.GetValues<LookupSource>().Max() + 1;

    private readonly long[] _counts = new long[((int)Enum.GetValues<ConsumerClass>().Max() + 1) * Statuses * Sources];

    /// <summary>Counts a check.</summary>
    public void Add(ConsumerClass consumer, PermitStatus status, LookupSource source) =>
        Interlocked.Increment(ref _counts[PlaceOf(consumer, status, source)]);

    /// <summary>Those that are not 0.</summary>
    public IEnumerable<Measurement<long>> Observe()
    {
        foreach (var consumer in Enum.GetValues<ConsumerClass>())
        {
            foreach (var status in Enum.GetValues<PermitStatus>())
            {
                foreach (var source in Enum.GetValues<LookupSource>())
                {
                    if (Interlocked.Read(ref _counts[PlaceOf(consumer, status, source)]) is > 0 and var count)
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
