using Microsoft.Extensions.Time.Testing;
using Verification.Core.Permits;
using Verification.Core.Rules.Codes;
using Verification.Core.Rules.Verdicts;
using Verification.Server.Limits;

namespace Verification.Server.Tests.Limits;

public sealed class GuessBudgetTests
{
    private static readonly PermitNumber Number = PermitNumber.Parse("BJ2024000017");
    private static readonly ConsumerLimits Limits = ConsumerLimits.Default;
    private static readonly Verdict Wrong = new() { SubjectMatch = SubjectMatch.NotMatched, CardMatch = CardMatch.NotChecked };
    private static readonly Verdict WrongCard = new() { SubjectMatch = SubjectMatch.Matched, CardMatch = CardMatch.NotIssued };
    private static readonly Verdict Right = new() { SubjectMatch = SubjectMatch.Matched, CardMatch = CardMatch.Current };

    private readonly FakeTimeProvider _clock = new();
    private readonly GuessBudget _budget;

    public GuessBudgetTests() => _budget = new GuessBudget(_clock);

    [Fact]
    public void TryDecide_WrongFiveTimes_RefusesTheSixthUntilADayAfterTheFirst()
    {
        Assert.Null(TimeUntilGuess(Number, Wrong));
        _clock.Advance(TimeSpan.FromHours(1));
        for (var i = 0; i < 4; i++)
        {
            Assert.Null(TimeUntilGuess(Number, i % 2 == 0 ? WrongCard : Wrong));
        }

        Assert.Equal(TimeSpan.FromHours(23), TimeUntilGuess(Number, Right));
        _clock.Advance(TimeSpan.FromHours(23));
        Assert.Null(TimeUntilGuess(Number, Right));
        Assert.Equal(0, _budget.TrackedPermits);
    }

    [Fact]
    public void TryDecide_Right_CostsNothing()
    {
        for (var i = 0; i < 1_000; i++)
        {
            Assert.Null(TimeUntilGuess(Number, Right));
        }

        Assert.Equal(0, _budget.TrackedPermits);
    }

    [Fact]
    public void TryDecide_AnotherPermit_HasItsOwnBudget()
    {
        for (var i = 0; i < 5; i++)
        {
            TimeUntilGuess(Number, Wrong);
        }

        Assert.NotNull(TimeUntilGuess(Number, Wrong));
        Assert.Null(TimeUntilGuess(PermitNumber.Parse("BJ2024000018"), Wrong));
    }

    [Fact]
    public void TryDecide_ManyAtOnce_ComparesNoMoreThanFiveWrongOnes()
    {
        var compared = 0;
        Parallel.For(0, 1_000, _ => _budget.TryDecide(
            Number,
            Limits,
            () =>
            {
                Interlocked.Increment(ref compared);
                return new Guess(Wrong, IsWithheld: false);
            },
            out var _));

        Assert.Equal(5, compared);
    }

    [Fact]
    public void TryDecide_NoRoomForMorePermits_RefusesRatherThanForgets()
    {
        var limits = Limits with { TrackedPermits = 64 };
        var refused = 0;
        for (var i = 0; i < 10_000; i++)
        {
            refused += TimeUntilGuess(PermitNumber.Parse($"BJ{i:D8}"), Wrong, limits) is null ? 0 : 1;
        }

        Assert.InRange(_budget.TrackedPermits, 48, 64);
        Assert.Equal(10_000 - _budget.TrackedPermits, refused);
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(TimeSpan.FromHours(23), TimeUntilGuess(PermitNumber.Parse("BJ99999999"), Right, limits));
        _clock.Advance(TimeSpan.FromHours(23));
        Assert.Null(TimeUntilGuess(PermitNumber.Parse("BJ99999999"), Wrong, limits));
    }

    /// <summary>Room comes a day after each first wrong guess, not before, and not for all at once.</summary>
    [Fact]
    public void TryDecide_NoRoom_SaysWhenTheOldestIsForgotten()
    {
        var limits = Limits with { TrackedPermits = 1 };
        var permits = Enumerable.Range(0, 200).Select(i => PermitNumber.Parse($"BJ{i:D8}")).ToArray();
        Assert.All(permits, permit => TimeUntilGuess(permit, Wrong, limits));
        var tracked = _budget.TrackedPermits;

        _clock.Advance(TimeSpan.FromHours(20));
        Assert.Equal(16, tracked);
        Assert.Equal(200 - tracked, permits.Count(permit => TimeUntilGuess(permit, Right, limits) == TimeSpan.FromHours(4)));
        _clock.Advance(TimeSpan.FromHours(4));

        Assert.All(permits, permit => TimeUntilGuess(permit, Wrong, limits));
        Assert.Equal(16, _budget.TrackedPermits);
        Assert.Contains(permits, permit => TimeUntilGuess(permit, Right, limits) == TimeSpan.FromDays(1));
    }

    private TimeSpan? TimeUntilGuess(PermitNumber number, Verdict verdict, ConsumerLimits? limits = null) =>
        _budget.TryDecide(number, limits ?? Limits, () => new Guess(verdict, IsWithheld: false), out _);
}
