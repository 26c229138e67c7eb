using Verification.Core.Lookup;
using Verification.Core.Permits;
using Verification.Core.Rules.Rulebooks;

namespace Verification.Caching.Tests.Model;

/// <summary>One question to a node.</summary>
/// <param name="Kind">How it is asked.</param>
/// <param name="Numbers">The numbers; one is asked singly.</param>
/// <param name="Demand">How fresh.</param>
/// <param name="KnownAt">As known at this revision; then the demand does not matter.</param>
/// <param name="Rulebook">Under which rulebook: the one in use, or at times a past one, which no memory holds.</param>
internal sealed record RandomCheck(CheckKind Kind, PermitNumber[] Numbers, FreshnessDemand Demand, long? KnownAt, Rulebook Rulebook)
{
    /// <summary>The rulebooks of all nodes: one of the past and one in use.</summary>
    public static readonly RulebookLibrary Rulebooks = TestRulebooks.Library(new DateOnly(2026, 1, 1));

    private static readonly TimeSpan[] Stalenesses =
    [
        TimeSpan.Zero, TimeSpan.FromMilliseconds(20), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30), TimeSpan.FromHours(3),
    ];

    public static RandomCheck Next(Random chance, PermitNumber[] numbers, long counter)
    {
        var count = chance.Next(8) == 0 ? chance.Next(1, 7) : 1;
        var asked = Enumerable.Range(0, count).Select(_ => numbers[chance.Next(numbers.Length)]).ToArray();
        var near = Math.Max(0, counter - chance.Next(-1, 6));
        var rulebook = AnyRulebook(chance);
        return chance.Next(20) switch
        {
            < 11 => new RandomCheck(CheckKind.Default, asked, default, null, rulebook),
            < 15 => new RandomCheck(
                CheckKind.MaxStaleness, asked, FreshnessDemand.MaxStaleness(Stalenesses[chance.Next(Stalenesses.Length)]), null, rulebook),
            < 17 => new RandomCheck(CheckKind.AtLeastRevision, asked, FreshnessDemand.AtLeastRevision(near), null, rulebook),
            < 18 => new RandomCheck(CheckKind.FullyConsistent, asked, FreshnessDemand.FullyConsistent(), null, rulebook),
            < 19 => new RandomCheck(CheckKind.KnownAt, asked, default, near, rulebook),
            _ => new RandomCheck(CheckKind.KnownAt, asked, default, chance.NextInt64(counter + 1), rulebook),
        };
    }

    public static Rulebook AnyRulebook(Random chance) => Rulebooks.All[chance.Next(8) == 0 ? 0 : 1];

    /// <summary>The staleness that it allows.</summary>
    public TimeSpan Allowed => Demand.IsFullyConsistent
        ? TimeSpan.Zero
        : Demand.Staleness is not { } staleness
            ? TimeSpan.FromSeconds(5)
            : staleness > TimeSpan.FromHours(1) ? TimeSpan.FromHours(1) : staleness;

    public override string ToString() =>
        $"{Kind} check of {string.Join(' ', Numbers)} ({(KnownAt is { } at ? $"known at {at}" : $"{Demand}")}, rulebook {Rulebook.Version})";
}
