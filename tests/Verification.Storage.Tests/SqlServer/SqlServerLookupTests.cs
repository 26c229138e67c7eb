using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Core.Registry;
using Verification.Storage.SqlServer;

namespace Verification.Storage.Tests.SqlServer;

public sealed class SqlServerLookupTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);
    private static readonly Guid Id = Guid.NewGuid();

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 4)]
    [InlineData(1_000, 1_024)]
    [InlineData(1_024, 1_024)]
    public void FilledUp_Count_IsThePowerOfTwoThatHoldsIt(int count, int expected) => Assert.Equal(expected, SqlServerLookup.FilledUp(count));

    [Fact]
    public void Combine_PartsReadOneAfterTheOther_IsTheSnapshotOfTheFirst()
    {
        var first = Part(atRevision: 5, History("BJ2024000001", 1, 4));
        var second = Part(atRevision: 8, History("BJ2024000002", 2, 6), History("BJ2024000003", 7));

        var snapshot = SqlServerLookup.Combine([first, second]);

        Assert.Equal(first.Head, snapshot.Head);
        Assert.Equal([1L, 4L], Revisions(snapshot.Value, "BJ2024000001"));
        Assert.Equal([2L], Revisions(snapshot.Value, "BJ2024000002"));
        Assert.DoesNotContain(PermitNumber.Parse("BJ2024000003"), snapshot.Value.Keys);
    }

    [Fact]
    public void Combine_PartsOfTwoRegistries_IsUnavailable()
    {
        var first = Part(5, History("BJ2024000001", 1));
        var second = first with { Head = first.Head with { RegistryId = Guid.NewGuid() } };

        Assert.Throws<RegistryUnavailableException>(() => SqlServerLookup.Combine([first, second]));
    }

    private static IEnumerable<long> Revisions(IReadOnlyDictionary<PermitNumber, PermitHistory> histories, string number) =>
        histories[PermitNumber.Parse(number)].Events.Select(recorded => recorded.Revision);

    private static Snapshot<Dictionary<PermitNumber, PermitHistory>> Part(long atRevision, params PermitHistory[] histories) =>
        new(histories.ToDictionary(history => history.Number), new RegistryHead(Id, atRevision, Start.AddSeconds(atRevision)));

    private static PermitHistory History(string number, params long[] revisions)
    {
        var on = new DateOnly(2024, 3, 5);
        return new PermitHistory(
            PermitNumber.Parse(number),
            [.. revisions.Select((revision, index) => new RecordedEvent(
                revision, index == 0 ? new Issued(on, PermitKind.WorkResidencePermit) : new Reissued(on), Start, "bureau"))]);
    }
}
