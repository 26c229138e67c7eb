using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Verification.Core.Lookup;
using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Core.Rules.Codes;
using Verification.Core.Rules.Dates;
using Verification.Core.Rules.Rulebooks;

namespace Verification.Caching.Tests.Lookup;

/// <summary>
/// The freeze of every uninspected permit needs no write, no job and no cache invalidation. <c>VERIFICATION_MIDNIGHT_PERMITS</c> says how many
/// permits, in place of 100,000.
/// </summary>
public sealed class MidnightTests(ITestOutputHelper output)
{
    private const int InspectedEvery = 10;

    private static readonly int Permits =
        int.TryParse(Environment.GetEnvironmentVariable("VERIFICATION_MIDNIGHT_PERMITS"), out var permits) ? permits : 100_000;

    private static readonly Rulebook InUse = RulebookLibrary.Embedded.On(new DateOnly(2027, 4, 30));

    private readonly PermitNumber[] _numbers = [.. Enumerable.Range(0, Permits).Select(TestSite.Number)];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Find_MidnightOfTheFirstOfMay_FreezesAllWithoutAReadOrACommand()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2027, 4, 30, 15, 59, 59, 999, TimeSpan.Zero));
        var registry = new GeneratedRegistry(2 * Permits, clock, HistoryOf);
        var redis = new UntouchedRedis();
        var options = new CachingOptions { Redis = TestSite.Options().Redis };
        await using var node = new RegistryNode(
            registry, registry, options, RulebookLibrary.Embedded, clock, NullLoggerFactory.Instance, feed: null, redis);
        await node.Feed.PollAsync(Token);
        var empty = GC.GetTotalMemory(forceFullCollection: true);
        await WarmAsync(node.Lookup);
        var bytes = (GC.GetTotalMemory(forceFullCollection: true) - empty) / Permits;
        output.WriteLine($"{bytes} bytes of memory for a permit");
        Assert.Equal(Permits, node.Feed.Position!.Epoch.Memory.PermitCount);

        (registry.Closed, redis.Closed) = (true, true);
        var (reads, commands) = (registry.Reads, redis.Commands);
        Assert.Equal((Permits, 0), Count(node.Lookup, new DateOnly(2027, 4, 30)));

        clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal((Permits / InspectedEvery, Permits - (Permits / InspectedEvery)), Count(node.Lookup, new DateOnly(2027, 5, 1)));
        await node.Feed.PollAsync(Token);

        Assert.Equal((reads, commands), (registry.Reads, redis.Commands));
        Assert.InRange(bytes, 1, 600);

        // Of all answers, those that say valid, and those on permits without an inspection that say frozen.
        (int Valid, int Frozen) Count(IPermitLookup lookup, DateOnly expected)
        {
            var today = Calendar.DateInBeijing(clock.GetUtcNow());
            Assert.Equal(expected, today);
            var (valid, frozen) = (0, 0);
            for (var i = 0; i < Permits; i++)
            {
                var asked = lookup.FindAsync(_numbers[i], InUse, default, Token);
                Assert.True(asked.IsCompletedSuccessfully, "The lookup waited.");
                var answer = asked.Result;
                Assert.Equal(LookupSource.Memory, answer.Source);
                var status = answer.Timeline!.Value.SegmentOn(today, StandingView.Authority).Standing.Status;
                valid += status == PermitStatus.Valid ? 1 : 0;
                frozen += status == PermitStatus.Frozen && i % InspectedEvery != 0 ? 1 : 0;
            }

            return (valid, frozen);
        }
    }

    private async Task WarmAsync(IPermitLookup lookup)
    {
        const int batch = 1_000;
        for (var first = 0; first < Permits; first += batch)
        {
            var found = await lookup.FindManyAsync(_numbers[first..(first + batch)], InUse, default, Token);
            Assert.Null(found.Failure);
        }
    }

    private static PermitHistory HistoryOf(PermitNumber number)
    {
        var i = int.Parse(number.ToString()[6..], System.Globalization.CultureInfo.InvariantCulture);
        var issued = Recorded((2 * i) + 1, new Issued(new DateOnly(2026, 4, 2), PermitKind.WorkResidencePermit));
        return new PermitHistory(
            number,
            i % InspectedEvery == 0
                ? [issued, Recorded((2 * i) + 2, new Inspected(new DateOnly(2027, 4, 11), InspectionChannel.Online))]
                : [issued]);
    }

    private static RecordedEvent Recorded(long revision, PermitEvent happening) =>
        new(revision, happening, new DateTimeOffset(2027, 4, 12, 0, 0, 0, TimeSpan.Zero), "bureau");
}
