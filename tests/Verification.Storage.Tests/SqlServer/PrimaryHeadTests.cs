using Verification.Core.Registry;
using Verification.Storage.SqlServer;

namespace Verification.Storage.Tests.SqlServer;

public sealed class PrimaryHeadTests
{
    private static readonly Guid Id = new("11111111-1111-1111-1111-111111111111");
    private static readonly Guid OtherId = new("22222222-2222-2222-2222-222222222222");
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Accept_ReplicaThatHasCaughtUp_HasThePrimarysClock()
    {
        var primary = Shown(5, atSecond: 1);

        Assert.Equal(Head(7, 1), primary.Accept(Head(7, atSecond: 30)));
    }

    [Fact]
    public void Accept_ReplicaBehind_IsNoAnswer() => Assert.Null(Shown(5, atSecond: 1).Accept(Head(4, atSecond: 30)));

    [Fact]
    public void Accept_ReplicaOfAnotherRegistry_IsNoAnswer() =>
        Assert.Null(Shown(5, atSecond: 1).Accept(Head(9, 30) with { RegistryId = OtherId }));

    [Fact]
    public void Accept_NothingShownYet_IsNoAnswer() => Assert.Null(new PrimaryHead().Accept(Head(9, 30)));

    [Fact]
    public void Accept_ReplicaBehindAnOwnCommit_IsNoAnswer()
    {
        var primary = Shown(5, atSecond: 1);
        primary.Note(8);

        Assert.Null(primary.Accept(Head(7, 30)));
        Assert.Equal(Head(8, 1), primary.Accept(Head(8, 30)));
    }

    [Fact]
    public void Note_OlderHeadThatArrivesLate_IsPassedOver()
    {
        var primary = Shown(5, atSecond: 10);
        primary.Note(Head(4, 9));

        Assert.Null(primary.Accept(Head(4, 30)));
    }

    [Fact]
    public void Note_RestoredRegistry_IsTheOneToReach()
    {
        var primary = Shown(5, atSecond: 1);
        primary.Note(Head(3, 2) with { RegistryId = OtherId });

        Assert.Null(primary.Accept(Head(9, 30)));
        Assert.NotNull(primary.Accept(Head(3, 30) with { RegistryId = OtherId }));
    }

    private static PrimaryHead Shown(long revision, int atSecond)
    {
        var primary = new PrimaryHead();
        primary.Note(Head(revision, atSecond));
        return primary;
    }

    private static RegistryHead Head(long revision, int atSecond) => new(Id, revision, Start.AddSeconds(atSecond));
}
