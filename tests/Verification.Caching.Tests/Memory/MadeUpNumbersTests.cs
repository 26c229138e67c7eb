using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Verification.Core.Lookup;
using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Core.Rules.Rulebooks;

namespace Verification.Caching.Tests.Memory;

/// <summary>Whoever asks for numbers that are none costs a bounded memory, and pushes no permit out of it.</summary>
public sealed class MadeUpNumbersTests : IAsyncDisposable
{
    private const int MadeUp = 100_000;
    private const int Permits = 1_000;

    // Enough for all permits, and a fraction of what as many made-up numbers would take.
    private const int Limit = 256 << 10;

    // An absence takes 32 bytes and a slot.
    private const int Absences = Limit / 10 / 40;

    private static readonly FakeTimeProvider Clock = new(new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.Zero));

    private readonly GeneratedRegistry _registry = new(Permits, Clock, HistoryOf);
    private readonly RegistryNode _node;

    public MadeUpNumbersTests()
    {
        var options = TestSite.Options();
        options.Memory.Limit = Limit;
        _node = new RegistryNode(_registry, _registry, options, RulebookLibrary.Embedded, Clock, NullLoggerFactory.Instance);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _node.DisposeAsync();

    [Fact]
    public async Task Find_MadeUpNumbersSingly_StayBoundedAndPushNoPermitOut()
    {
        await HoldAllPermitsAsync();
        for (var i = 0; i < MadeUp; i++)
        {
            Assert.Null((await _node.Lookup.FindAsync(MadeUpNumber(i), default, Token)).Timeline);
        }

        await AssertBoundedAndAllPermitsHeldAsync();
    }

    [Fact]
    public async Task FindMany_MadeUpNumbers_StayBoundedAndPushNoPermitOut()
    {
        await HoldAllPermitsAsync();
        for (var batch = 0; batch < MadeUp; batch += 1_000)
        {
            var found = await _node.Lookup.FindManyAsync([.. Enumerable.Range(batch, 1_000).Select(MadeUpNumber)], default, Token);
            Assert.All(found.Answers, answer => Assert.Null(answer!.Value.Timeline));
        }

        await AssertBoundedAndAllPermitsHeldAsync();
    }

    private static PermitNumber MadeUpNumber(int i) => PermitNumber.Parse($"XX{i:0000000}");

    private static PermitHistory? HistoryOf(PermitNumber number) => number.ToString().StartsWith("XX", StringComparison.Ordinal)
        ? null
        : new PermitHistory(
            number,
            [new RecordedEvent(1, new Issued(new DateOnly(2026, 4, 2), PermitKind.WorkResidencePermit), Clock.GetUtcNow(), "bureau")]);

    private async Task HoldAllPermitsAsync()
    {
        await _node.Feed.PollAsync(Token);
        await _node.Lookup.FindManyAsync([.. Enumerable.Range(0, Permits).Select(TestSite.Number)], default, Token);
    }

    private async Task AssertBoundedAndAllPermitsHeldAsync()
    {
        var memory = _node.Feed.Position!.Epoch.Memory;
        Assert.InRange(memory.AbsenceCount, 1, Absences);
        Assert.Equal(0, _node.Loads.Count);
        Assert.Equal(Permits, memory.PermitCount);

        _registry.Closed = true;
        for (var i = 0; i < Permits; i++)
        {
            Assert.Equal(LookupSource.Memory, (await _node.Lookup.FindAsync(TestSite.Number(i), default, Token)).Source);
        }
    }
}
