using Verification.Core.Permits;
using Verification.Core.Permits.Events;

namespace Verification.Conformance;

public abstract partial class RegistryConformance
{
    private static readonly IdentityDigester Digester = new(new byte[IdentityDigester.MinKeySize]);

    [Fact]
    public async Task ReadHead_EmptyRegistry_StandsAtRevisionZero()
    {
        var head = await Registry.ReadHeadAsync(Token);

        Assert.Equal(0, head.Revision);
        Assert.NotEqual(Guid.Empty, head.RegistryId);
    }

    [Fact]
    public async Task ReadHead_AnotherNode_IsTheSameRegistry()
    {
        var head = await Registry.ReadHeadAsync(Token);
        var other = await OpenTrackedAsync();

        Assert.Equal(head.RegistryId, (await other.ReadHeadAsync(Token)).RegistryId);
    }

    [Fact]
    public async Task Load_UnknownNumber_IsAbsentAtTheHead()
    {
        await AppendAsync("BJ2024000001", WorkPermitIssued(Date(2024, 3, 5)));

        var load = await Registry.LoadAsync(Number("BJ2024000002"), Token);

        Assert.Null(load.History);
        Assert.Equal(1, load.Head.Revision);
    }

    [Fact]
    public async Task Load_EveryTypeOfEvent_ComesBackAsRecorded()
    {
        var histories = new Dictionary<string, PermitEvent[]>
        {
            ["BJ2024000001"] = EveryWorkPermitEvent(Number("BJ2024000001")),
            ["JZ2024000001"] =
            [
                new Issued(Date(2024, 1, 10), PermitKind.ResidencePermit),
                new Endorsed(Date(2025, 1, 9)),
                new Cancelled(Date(2025, 1, 9), "搬离本市"),
            ],
            ["DJ2024000001"] =
            [
                new Issued(Date(2024, 8, 31), PermitKind.ResidenceRegistrationCard),
                new Extended(Date(2025, 2, 28)),
                new Exchanged(Date(2025, 3, 1), Number("JZ2025000001")),
            ],
            ["ZZ2013000001"] =
            [
                new Issued(Date(2013, 1, 1), PermitKind.TemporaryResidencePermit, ValidThrough: Date(2013, 12, 31)),
                new Cancelled(Date(2013, 5, 1), null),
            ],
        };
        foreach (var (permit, events) in histories)
        {
            foreach (var happening in events)
            {
                Assert.Null((await AppendAsync(permit, happening)).Rejection);
            }
        }

        foreach (var (permit, events) in histories)
        {
            var load = await Registry.LoadAsync(Number(permit), Token);
            Assert.Equal(events, load.History!.Events.Select(recorded => recorded.Event));
            Assert.Equal(histories.Values.Sum(all => all.Length), load.Head.Revision);
        }
    }

    [Fact]
    public async Task Load_RecordedEvent_SaysWhoAndWhen()
    {
        var before = (await Registry.ReadHeadAsync(Token)).AsOf;
        await AppendAsync("BJ2024000001", WorkPermitIssued(Date(2024, 3, 5)), recordedBy: "bureau-haidian");

        var load = await Registry.LoadAsync(Number("BJ2024000001"), Token);

        var recorded = Assert.Single(load.History!.Events);
        Assert.Equal("bureau-haidian", recorded.RecordedBy);
        Assert.InRange(recorded.RecordedAt, before.AddMilliseconds(-1), load.Head.AsOf.AddMilliseconds(1));
    }

    [Fact]
    public async Task Load_ManyNumbers_AnswersThoseThatExist()
    {
        await AppendAsync("BJ2024000001", WorkPermitIssued(Date(2024, 3, 5)));
        await AppendAsync("BJ2024000003", WorkPermitIssued(Date(2024, 3, 6)));
        await AppendAsync("BJ2024000003", new Reissued(Date(2024, 3, 7)));

        var snapshot = await Registry.LoadAsync(
            [Number("BJ2024000003"), Number("BJ2024000002"), Number("BJ2024000001"), Number("BJ2024000003")], Token);

        Assert.Equal(3, snapshot.Head.Revision);
        Assert.Equal([Number("BJ2024000001"), Number("BJ2024000003")], snapshot.Histories.Keys.OrderBy(number => number.ToString()));
        Assert.Equal([2L, 3L], snapshot.Histories[Number("BJ2024000003")].Events.Select(recorded => recorded.Revision));
    }

    [Fact]
    public async Task Load_NoNumbers_AnswersTheHead()
    {
        var snapshot = await Registry.LoadAsync(Array.Empty<PermitNumber>(), Token);

        Assert.Empty(snapshot.Histories);
        Assert.Equal(0, snapshot.Head.Revision);
    }

    /// <summary>Identifiers that a collation might equate are different permits.</summary>
    [Theory]
    [InlineData("ABC123", "ABC1230")]
    [InlineData("ABC123", "0ABC123")]
    [InlineData("AAAAAO", "AAAAA0")]
    [InlineData("AAAAAI", "AAAAA1")]
    [InlineData("ABCDEFGHIJKL", "ABCDEFGHIJKL0")]
    [InlineData("ZZZZZZZZZZZZZZZZZZZZZZZZ", "ZZZZZZZZZZZZZZZZZZZZZZZY")]
    public async Task Load_SimilarNumbers_AreDifferentPermits(string one, string other)
    {
        await AppendAsync(one, WorkPermitIssued(Date(2024, 3, 5)));

        Assert.Null((await Registry.LoadAsync(Number(other), Token)).History);

        await AppendAsync(other, new Issued(Date(2024, 3, 6), PermitKind.ResidencePermit));
        var history = (await Registry.LoadAsync(Number(one), Token)).History!;
        Assert.Equal(one, history.Number.ToString());
        Assert.Equal(Date(2024, 3, 5), Assert.Single(history.Events).Event.On);
    }

    private static PermitEvent[] EveryWorkPermitEvent(PermitNumber permit)
    {
        Assert.True(ResidentIdentityNumber.TryParse("110105199003072338", out var holder));
        Assert.True(ResidentIdentityNumber.TryParse("110105201608140014", out var child));
        var childDigest = Digester.Digest(permit, SubjectRole.Child, child);
        return
        [
            new Issued(
                Date(2024, 3, 5),
                PermitKind.WorkResidencePermit,
                Date(2024, 1, 20),
                Digester.Digest(permit, SubjectRole.Holder, holder),
                "中关村软件有限公司"),
            new Inspected(Date(2024, 4, 11), InspectionChannel.Online),
            new DependantAdded(Date(2024, 6, 2), SubjectRole.Child, childDigest),
            new DependantRemoved(Date(2024, 6, 3), SubjectRole.Child, childDigest),
            new EmploymentEnded(Date(2024, 7, 1), Date(2024, 6, 30)),
            new CancellationDeferred(Date(2024, 7, 2), Date(2024, 12, 30), "国贸咨询 \"北京\" 有限公司\n"),
            new EmployerChanged(Date(2024, 7, 3), "国贸咨询"),
            new EmploymentEnded(Date(2024, 8, 1), Date(2024, 8, 1)),
            new EmployerChanged(Date(2024, 8, 2), string.Empty),
            new Retained(Date(2024, 9, 1), RetentionProcedure.DependantChange),
            new Returned(Date(2024, 9, 2)),
            new Reissued(Date(2024, 9, 3)),
            new Inspected(Date(2025, 4, 30), InspectionChannel.Window),
            new Renewed(Date(2026, 3, 1)),
            new Cancelled(Date(2026, 3, 2), "离京"),
        ];
    }
}
