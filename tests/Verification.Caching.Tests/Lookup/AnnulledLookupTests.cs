using Microsoft.Extensions.Time.Testing;
using Verification.Caching.Memory;
using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Core.Rules.Rulebooks;

namespace Verification.Caching.Tests.Lookup;

/// <summary>A number may be a permit, none, and one again: each change costs one load, and none costs more.</summary>
public sealed class AnnulledLookupTests : IAsyncLifetime
{
    private static readonly PermitNumber Number = TestSite.Number(1);
    private static readonly DateOnly Day = new(2026, 3, 5);

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.Zero));
    private TestSite _site = null!;
    private RegistryNode _node = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private MemoryTier Memory => _node.Feed.Position!.Epoch.Memory;

    public async ValueTask InitializeAsync()
    {
        _site = await TestSite.OpenAsync(_clock);
        _node = await _site.PolledNodeAsync();
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task Find_IssueAnnulledAndIssuedAgain_LoadsOnceForEachChange()
    {
        await AssertAsync(isPermit: false, loads: 1);
        for (var round = 0; round < 3; round++)
        {
            await RecordAsync(new Issued(Day, PermitKind.WorkResidencePermit));
            await AssertAsync(isPermit: true, loads: 2 + (2 * round));
            await RecordAsync(new Annulled(Day, (2 * round) + 1, "wrong number"));
            await AssertAsync(isPermit: false, loads: 3 + (2 * round));
        }
    }

    /// <summary>As known at each revision it is what it was then; the events are read once and held, also of a number that is none now.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task FindKnownAt_RevisionsAroundAnAnnulment_AnswersEachFromOneRead(bool issuedAgain)
    {
        await RecordAsync(new Issued(Day, PermitKind.WorkResidencePermit));
        await RecordAsync(new Annulled(Day, 1, "wrong number"));
        if (issuedAgain)
        {
            await RecordAsync(new Issued(Day, PermitKind.ResidencePermit));
        }

        PermitKind?[] expected = [null, PermitKind.WorkResidencePermit, null, .. issuedAgain ? [PermitKind.ResidencePermit] : Array.Empty<PermitKind?>()];
        await _node.Lookup.FindAsync(Number, default, Token);
        for (var round = 0; round < 3; round++)
        {
            var known = new List<PermitKind?>();
            for (var revision = 0; revision < expected.Length; revision++)
            {
                known.Add((await _node.Lookup.FindKnownAtAsync(Number, revision, Token)).Timeline?.Kind);
            }

            Assert.Equal(expected, known);
        }

        // The first question, and the first about a revision before the last event.
        Assert.Equal(2, _site.Registry.NumbersLoaded);
    }

    [Fact]
    public async Task Find_EventAnnulled_IsAsIfItHadNeverBeen()
    {
        await RecordAsync(new Issued(Day, PermitKind.WorkResidencePermit));
        await RecordAsync(new Reissued(Day));
        Assert.Equal(2, await EditionAsync());

        await RecordAsync(new Annulled(Day, 2, "twice"));

        Assert.Equal(1, await EditionAsync());
        await RecordAsync(new Reissued(Day));
        Assert.Equal(2, await EditionAsync());
        var known = new List<int>();
        for (var revision = 0; revision <= 4; revision++)
        {
            known.Add((await _node.Lookup.FindKnownAtAsync(Number, revision, Token)).Timeline?.RecordOn(Day)?.Edition ?? 0);
        }

        Assert.Equal([0, 1, 2, 1, 2], known);
    }

    /// <summary>What a rulebook in use does not know is held as what it is, and not loaded again for that.</summary>
    [Fact]
    public async Task Find_KindThatTheRulebookInUseDoesNotKnow_IsLoadedOnce()
    {
        var employer = PermitNumber.Parse("91350100M000100Y43");
        _clock.SetUtcNow(new DateTimeOffset(2026, 11, 24, 16, 0, 0, TimeSpan.Zero));
        await _site.AppendAsync(employer, new Issued(Day, PermitKind.EmployerRegistration));

        // A node whose clock lags, so that the first rulebook is the one in use there.
        _node = _site.Node(clock: new FakeTimeProvider(new DateTimeOffset(2026, 11, 24, 15, 59, 59, TimeSpan.Zero)));
        await _node.Feed.PollAsync(Token);
        await _node.Feed.SettleStampsAsync(_node.Feed.Position!.Epoch, Token);
        var (first, second) = (RulebookLibrary.Embedded.Find("2026.1")!, RulebookLibrary.Embedded.Find("2026.2")!);
        for (var i = 0; i < 10; i++)
        {
            Assert.Null((await _node.Lookup.FindAsync(employer, first, default, Token)).Timeline);
            Assert.Equal(PermitKind.EmployerRegistration, (await _node.Lookup.FindAsync(employer, second, default, Token)).Timeline?.Kind);
        }

        Assert.Equal((1, 1, 0), (_site.Registry.Loads, Memory.PermitCount, Memory.AbsenceCount));
    }

    private async Task<int> EditionAsync() => (await _node.Lookup.FindAsync(Number, default, Token)).Timeline!.Value.RecordOn(Day)!.Value.Edition;

    private async Task RecordAsync(PermitEvent happening)
    {
        await _site.AppendAsync(Number, happening);
        await _node.Feed.PollAsync(Token);
    }

    /// <summary>Asked again and again, singly and among others, under both rulebooks, it is loaded no more; and it is held once.</summary>
    private async Task AssertAsync(bool isPermit, int loads)
    {
        for (var i = 0; i < 10; i++)
        {
            foreach (var rulebook in RulebookLibrary.Embedded.All)
            {
                var answer = await _node.Lookup.FindAsync(Number, rulebook, default, Token);
                var batch = await _node.Lookup.FindManyAsync([Number], rulebook, default, Token);
                Assert.Equal((isPermit, isPermit), (answer.Timeline is not null, batch.Answers[0]!.Value.Timeline is not null));
            }
        }

        Assert.Equal(loads, _site.Registry.NumbersLoaded);
        Assert.Equal(isPermit ? (1, 0) : (0, 1), (Memory.PermitCount, Memory.AbsenceCount));
    }
}
