using Verification.Caching.Coherence;
using Verification.Caching.Loading;
using Verification.Caching.Memory;
using Verification.Core.Lookup;
using Verification.Core.Permits;
using Verification.Core.Registry;
using Verification.Core.Rules.Rulebooks;

namespace Verification.Caching.Tests.Loading;

/// <summary>A registry that lags behind what the feed has told of it, as a replica may.</summary>
public sealed class ExactLoadsTests
{
    private const long Revision = 10;

    private static readonly PermitNumber Number = TestSite.Number(1);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, true)]
    [InlineData(3, true)]
    [InlineData(4, false)]
    [InlineData(int.MaxValue, false)]
    public async Task Load_RegistryThatLags_IsTriedThreeTimes(int rightAt, bool isTold)
    {
        var loads = new LaggingLoads(rightAt);
        var asked = new ExactLoads(loads).LoadAsync(Position(), Number, TestSite.Rulebook, Token);

        if (isTold)
        {
            Assert.Equal(Revision, (await asked).Compiled.ReadAt);
        }
        else
        {
            var failure = await Assert.ThrowsAsync<RegistryUnavailableException>(() => asked);
            Assert.Equal("The registry answered from before revision 10.", failure.Message);
        }

        Assert.Equal(Math.Min(rightAt, 3), loads.Count);
    }

    private static FeedPosition Position() => new()
    {
        Epoch = new RegistryEpoch(Guid.Empty, Guid.Empty, Revision, new BucketStamps(Revision), new MemoryTier(new MemoryOptions())),
        Revision = Revision,
        AsOf = default,
        Sent = default,
    };

    /// <summary>Answers from before the position until asked so often.</summary>
    private sealed class LaggingLoads(int rightAt) : IPermitLoads
    {
        public int Count { get; private set; }

        public Task<LoadedPermits> LoadAsync(
            RegistryEpoch epoch, IReadOnlyCollection<PermitNumber> numbers, Rulebook rulebook, long revision, CancellationToken wanted)
        {
            Count++;
            Assert.True(Count <= 3, "It goes on trying.");
            var compiled = new CompiledPermit(Number, null, Count >= rightAt ? Revision : Revision - 1, [rulebook]);
            return Task.FromResult(new LoadedPermits(
                numbers.ToDictionary(number => number, _ => new LoadedPermit(compiled, null, LookupSource.Registry, default)), null));
        }
    }
}
