using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Verification.Core.Lookup;
using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Core.Rules.Codes;
using Verification.Core.Rules.Dates;
using Verification.Core.Rules.Rulebooks;
using Verification.Core.Rules.Verdicts;

namespace Verification.Caching.Tests.Lookup;

/// <summary>
/// Midnight of 2026-11-25, with the product's own rulebooks: a node whose memory was filled before answers by the new one without a
/// read, as one that was started after it.
/// </summary>
public sealed class RulebookMidnightTests : IAsyncDisposable
{
    private const int Permits = 5_000;

    private static readonly string[] Kinds = ["BJ", "JZ", "91", "DJ", "AN", "XX"];
    private static readonly PermitNumber[] Numbers =
        [.. Enumerable.Range(0, Permits).SelectMany(i => Kinds.Select(kind => PermitNumber.Parse($"{kind}2026{i:000000}")))];

    private static readonly VerdictRules Rules = new(new IdentityDigester(new byte[IdentityDigester.MinKeySize]));

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 24, 15, 59, 59, 999, TimeSpan.Zero));
    private readonly GeneratedRegistry _registry;
    private readonly List<RegistryNode> _nodes = [];

    public RulebookMidnightTests() => _registry = new GeneratedRegistry(10, _clock, HistoryOf);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.DisposeAsync();
        }
    }

    [Fact]
    public async Task Find_MidnightOfTheSecondRulebook_IsAnsweredByItWithoutARead()
    {
        var through = await WarmAsync();
        var before = await AskAsync(through, "2026.1");

        Assert.Equal("WorkResidencePermit Valid: HolderOnly, CitizenTreatment, PermitKind", before["BJ"]);
        Assert.Equal("ResidencePermit Valid: HolderOnly, PermitKind, PermitKind", before["JZ"]);
        Assert.Equal("None NotFound: PermitStatus, PermitStatus, PermitStatus", before["91"]);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        var after = await AskAsync(through, "2026.2");

        Assert.Equal("WorkResidencePermit Valid: FurtherRules, CitizenTreatment, PermitKind", after["BJ"]);
        Assert.Equal("ResidencePermit Valid: HolderOnly, PublicService, PermitKind", after["JZ"]);
        Assert.Equal("EmployerRegistration Valid: PermitKind, PermitKind, RegisteredEmployer", after["91"]);
        Assert.Equal((before["DJ"], before["AN"], before["XX"]), (after["DJ"], after["AN"], after["XX"]));
        Assert.Equal(["None NotFound: PermitStatus, PermitStatus, PermitStatus"], new[] { after["AN"], after["XX"] }.Distinct());
    }

    /// <summary>Restarted, after midnight, memory holds nothing of the rulebook before: it answers alike by the new one, and by the old one too.</summary>
    [Fact]
    public async Task Find_NodeStartedAfterMidnight_AnswersAsTheOneThatRanThrough()
    {
        var through = await WarmAsync();
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        _registry.Closed = false;
        var restarted = await WarmAsync();
        _registry.Closed = false;
        for (var i = 0; i < Numbers.Length; i += 7)
        {
            foreach (var rulebook in RulebookLibrary.Embedded.All)
            {
                var (one, other) = (await FindAsync(through), await FindAsync(restarted));
                Assert.Equal((one.Rulebook, Describe(i, one)), (other.Rulebook, Describe(i, other)));

                ValueTask<PermitAnswer> FindAsync(RegistryNode node) => node.Lookup.FindAsync(Numbers[i], rulebook, default, Token);
            }
        }

        _registry.Closed = true;
        Assert.Equal(await AskAsync(through, "2026.2"), await AskAsync(restarted, "2026.2"));
    }

    private static string Describe(int index, PermitAnswer answer)
    {
        var verdict = Rules.Decide(
            Numbers[index],
            answer.Timeline,
            new DateOnly(2026, 11, 25),
            new Subject(SubjectRole.Holder, null),
            cardEdition: null,
            StandingView.Authority);
        var child = Rules.Decide(
            Numbers[index],
            answer.Timeline,
            new DateOnly(2026, 11, 25),
            new Subject(SubjectRole.Child, null),
            cardEdition: null,
            StandingView.Authority);
        Basis[] bases =
        [
            child.On(Entitlement.SocialInsurance).Basis,
            verdict.On(Entitlement.VehicleRegistration).Basis,
            verdict.On(Entitlement.EmployerFiling).Basis,
        ];
        return $"{verdict.Kind} {verdict.Standing.Status}: {string.Join(", ", bases)}";
    }

    private static PermitHistory? HistoryOf(PermitNumber number)
    {
        var issued = new DateOnly(2026, 7, 2);
        return number.ToString()[..2] switch
        {
            "BJ" => History(new Issued(issued, PermitKind.WorkResidencePermit)),
            "JZ" => History(new Issued(issued, PermitKind.ResidencePermit)),
            "91" => History(new Issued(issued, PermitKind.EmployerRegistration)),
            "DJ" => History(new Issued(issued, PermitKind.ResidenceRegistrationCard), new Annulled(issued, 1, "kind"), new Issued(issued, PermitKind.ResidenceRegistrationCard)),
            "AN" => History(new Issued(issued, PermitKind.WorkResidencePermit), new Annulled(issued, 1, "number")),
            _ => null,
        };

        PermitHistory History(params PermitEvent[] events) =>
            new(number, [.. events.Select((happening, i) => new RecordedEvent(i + 1, happening, DateTimeOffset.UnixEpoch, "bureau"))]);
    }

    /// <summary>A node whose memory holds all, and a registry that answers no more.</summary>
    private async Task<RegistryNode> WarmAsync()
    {
        var node = new RegistryNode(_registry, _registry, new CachingOptions(), RulebookLibrary.Embedded, _clock, NullLoggerFactory.Instance);
        _nodes.Add(node);
        await node.Feed.PollAsync(Token);
        await node.Feed.SettleStampsAsync(node.Feed.Position!.Epoch, Token);
        foreach (var part in Numbers.Chunk(1_000))
        {
            Assert.Null((await node.Lookup.FindManyAsync(part, Today(), default, Token)).Failure);
        }

        _registry.Closed = true;
        return node;
    }

    private Rulebook Today() => RulebookLibrary.Embedded.On(Calendar.DateInBeijing(_clock.GetUtcNow()));

    /// <summary>What all numbers of a kind are answered by today's rulebook, from memory and at once.</summary>
    private async Task<Dictionary<string, string>> AskAsync(RegistryNode node, string version)
    {
        Assert.Equal(version, Today().Version);
        var answers = new Dictionary<string, string>();
        for (var i = 0; i < Numbers.Length; i++)
        {
            var asked = node.Lookup.FindAsync(Numbers[i], Today(), default, Token).AsTask();
            Assert.True(asked.IsCompletedSuccessfully, "The lookup waited.");
            var answer = await asked;
            Assert.Equal((LookupSource.Memory, version), (answer.Source, answer.Rulebook.Version));
            var said = Describe(i, answer);
            Assert.Equal(said, answers.GetValueOrDefault(Kinds[i % Kinds.Length], said));
            answers[Kinds[i % Kinds.Length]] = said;
        }

        return answers;
    }
}
