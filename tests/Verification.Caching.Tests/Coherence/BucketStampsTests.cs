using System.Collections.Immutable;
using Verification.Caching.Coherence;
using Verification.Core.Registry;

namespace Verification.Caching.Tests.Coherence;

public sealed class BucketStampsTests
{
    private readonly BucketStamps _stamps = new(startRevision: 100);

    [Fact]
    public void Raise_ANumber_RaisesItsBucketAlone()
    {
        _stamps.Raise(TestSite.Number(1), 101);

        Assert.Equal((101, 100), (_stamps[TestSite.Number(1)], _stamps[TestSite.Number(2)]));
    }

    [Fact]
    public void Settle_EveryBucket_TakesWhatIsLoadedButWhereItWasRaised()
    {
        var numbers = Enumerable.Range(0, 500_000).Select(TestSite.Number).DistinctBy(number => number.Bucket).ToArray();
        Array.ForEach(numbers[..100], number => _stamps.Raise(number, 101));

        _stamps.Settle([.. Enumerable.Range(0, RegistryStamps.BucketCount).Select(bucket => bucket % 100L)]);

        Assert.All(numbers[..100], number => Assert.Equal(101, _stamps[number]));
        Assert.All(numbers[100..], number => Assert.Equal(number.Bucket % 100, _stamps[number]));
    }

    /// <summary>What was settled once stays: a second snapshot finds no start revision any more.</summary>
    [Fact]
    public void Settle_Twice_KeepsTheFirst()
    {
        _stamps.Settle(All(7));
        _stamps.Settle(All(9));

        Assert.Equal(7, _stamps[TestSite.Number(1)]);
    }

    private static ImmutableArray<long> All(long stamp) => [.. Enumerable.Repeat(stamp, RegistryStamps.BucketCount)];
}
