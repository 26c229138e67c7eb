using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Verification.Core.Permits;
using Verification.Core.Registry;

namespace Verification.Caching.Coherence;

/// <summary>
/// For every bucket of permit numbers a revision at or above the last one that this node knows to have touched a number of it. What
/// was read from the registry at an earlier revision than its bucket's stamp may not answer.
/// </summary>
/// <remarks>
/// The invariant: when the feed has published revision R, no event up to R has a higher revision than its bucket's stamp. One writer
/// raises, any number of readers look.
/// </remarks>
internal class BucketStamps
{
    private readonly long[] _stamps = new long[RegistryStamps.BucketCount];
    private readonly long _start;

    /// <summary>Stamps of a node that begins at a revision: any earlier change may have touched any bucket.</summary>
    public BucketStamps(long startRevision)
    {
        _start = startRevision;
        Array.Fill(_stamps, startRevision);
    }

    /// <summary>The stamp of a number's bucket.</summary>
    public long this[PermitNumber number] => Volatile.Read(ref _stamps[number.Bucket]);

    /// <summary>Reads the stamps of some numbers, so that they are near when they are asked for.</summary>
    /// <returns>Nothing that means anything; without it nothing would be read.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public long Touch(ReadOnlySpan<PermitNumber> numbers)
    {
        var read = 0L;
        foreach (var number in numbers)
        {
            read += this[number];
        }

        return read;
    }

    /// <summary>Says that a revision touched a number. Revisions come in rising order, from one thread at a time.</summary>
    public virtual void Raise(PermitNumber number, long revision) => Volatile.Write(ref _stamps[number.Bucket], revision);

    /// <summary>
    /// Puts the true revision in place of the start revision, in buckets that nothing touched since. Without this a restarted node
    /// would refuse all that Redis holds.
    /// </summary>
    /// <remarks>
    /// Keeps the invariant. A stamp that still equals the start revision says that no applied change touched the bucket since then.
    /// So the last event up to R in that bucket came by the start, and a snapshot taken since then holds it. A raise at the same time
    /// makes the exchange fail: the raised value stays.
    /// </remarks>
    /// <param name="loaded">By bucket, from a snapshot at or after the start revision.</param>
    public void Settle(ImmutableArray<long> loaded)
    {
        for (var bucket = 0; bucket < _stamps.Length; bucket++)
        {
            Interlocked.CompareExchange(ref _stamps[bucket], loaded[bucket], _start);
        }
    }
}
