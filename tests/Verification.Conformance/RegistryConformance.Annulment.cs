using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Core.Registry;

namespace Verification.Conformance;

public abstract partial class RegistryConformance
{
    /// <summary>Refused annulments of <see cref="AnnulOnceAsync"/>'s permit: target, date, why.</summary>
    public static TheoryData<string, int, string, RejectCode> RefusedAnnulments => new()
    {
        { "BJ2024000002", 1, "2026-11-20", RejectCode.NotIssued },
        { "BJ2024000001", 6, "2026-11-20", RejectCode.NotAdmissible },
        { "BJ2024000001", int.MaxValue, "2026-11-20", RejectCode.NotAdmissible },
        { "BJ2024000001", 2, "2026-11-20", RejectCode.NotAdmissible },
        { "BJ2024000001", 4, "2026-11-20", RejectCode.NotAdmissible },
        { "BJ2024000001", 1, "2026-11-20", RejectCode.NotAdmissible },
        { "BJ2024000001", 3, "2026-11-20", RejectCode.NotAdmissible },
        { "BJ2024000001", 5, "2024-03-05", RejectCode.OutOfOrder },
    };

    [Fact]
    public async Task Append_Annulment_IsAnEventOfItsOwnInBothLoads()
    {
        var last = await AnnulOnceAsync();

        var single = await Registry.LoadAsync(Number("BJ2024000001"), Token);
        var many = await Registry.LoadAsync([Number("BJ2024000002"), Number("BJ2024000001")], Token);

        Assert.Equal((last, last), (single.Head.Revision, many.Head.Revision));
        Assert.All(
            new[] { single.History!, many.Histories[Number("BJ2024000001")] },
            history =>
            {
                Assert.Equal([1L, 2L, 3L, 4L, 5L], history.Events.Select(recorded => recorded.Revision));
                Assert.Equal(new Annulled(Date(2026, 11, 20), 2, "录入错误 \"补办\"\n"), history.Events[3].Event);
                Assert.Equal([1L, 3L, 5L], history.Effective.Select(recorded => recorded.Revision));
                Assert.Equal([0, 4, 0, 0, 0], Enumerable.Range(1, 5).Select(history.AnnulledBy));
            });
    }

    [Fact]
    public async Task Append_Annulment_IsNamedByFeedAndStampsWithItsPlace()
    {
        await AppendAsync("BJ2024000002", WorkPermitIssued(Date(2024, 3, 5)));
        await AppendAsync("BJ2024000001", WorkPermitIssued(Date(2024, 3, 5)));
        await AppendAsync("BJ2024000001", new Reissued(Date(2024, 3, 6)));

        var annulled = await AppendAsync("BJ2024000001", new Annulled(Date(2026, 11, 20), 2, "duplicate"));
        var after = await AppendAsync("BJ2024000001", new Reissued(Date(2024, 3, 5)));

        Assert.Equal((4L, 5L), (annulled.Revision, after.Revision));
        Assert.Equal(
            [new RegistryChange(4, Number("BJ2024000001")), new RegistryChange(5, Number("BJ2024000001"))],
            (await Registry.ReadChangesAsync(3, 10, Token)).Changes);
        Assert.Equal((2, 3, 4), (await PlaceAtAsync(3), await PlaceAtAsync(4), await PlaceAtAsync(5)));
        var stamps = (await Registry.ReadBucketStampsAsync(Token)).Stamps;
        Assert.Equal((5L, 1L), (stamps[Number("BJ2024000001").Bucket], stamps[Number("BJ2024000002").Bucket]));
    }

    [Fact]
    public async Task Append_AnnulmentAsTheLastEvent_RaisesTheStamp()
    {
        await AppendAsync("BJ2024000001", WorkPermitIssued(Date(2024, 3, 5)));
        var annulled = await AppendAsync("BJ2024000001", new Annulled(Date(2026, 11, 20), 1, "duplicate"));

        Assert.Equal(annulled.Revision, (await Registry.ReadBucketStampsAsync(Token)).Stamps[Number("BJ2024000001").Bucket]);
        Assert.Equal(annulled.Revision, (await Registry.ReadHeadAsync(Token)).Revision);
    }

    [Theory]
    [MemberData(nameof(RefusedAnnulments))]
    public async Task Append_AnnulmentOfNoSuchTarget_IsRefusedAndChangesNothing(string permit, int target, string on, RejectCode expected)
    {
        var last = await AnnulOnceAsync();
        var before = (await Registry.LoadAsync(Number("BJ2024000001"), Token)).History!;

        var refused = await AppendAsync(permit, new Annulled(DateOnly.ParseExact(on, "yyyy-MM-dd"), target, "wrong"));

        Assert.Equal((expected, 0L), (refused.Rejection!.Code, refused.Revision));
        var after = await Registry.LoadAsync(Number("BJ2024000001"), Token);
        Assert.Equal(last, after.Head.Revision);
        Assert.Equal(before.Events, after.History!.Events);
        Assert.Equal(last + 1, (await AppendAsync("BJ2024000001", new Reissued(Date(2024, 3, 9)))).Revision);
    }

    [Fact]
    public async Task Append_AnnulmentOfTheIssue_FreesTheNumber()
    {
        var number = Number("BJ2024000001");
        await AppendAsync(number, WorkPermitIssued(Date(2024, 3, 5)));
        await AppendAsync(number, new Annulled(Date(2026, 11, 20), 1, "wrong number"));

        Assert.Equal(RejectCode.NotIssued, (await AppendAsync(number, new Reissued(Date(2024, 3, 6)))).Rejection?.Code);
        Assert.Empty((await Registry.LoadAsync(number, Token)).History!.Effective);
        Assert.Empty((await Registry.LoadAsync([number], Token)).Histories[number].Effective);

        // An earlier date and another kind: nothing of the first issue holds.
        var again = await AppendAsync(number, new Issued(Date(2023, 3, 5), PermitKind.ResidencePermit));

        Assert.Equal((3L, null), (again.Revision, again.Rejection));
        var history = (await Registry.LoadAsync(number, Token)).History!;
        Assert.Equal([3L], history.Effective.Select(recorded => recorded.Revision));
        Assert.Equal(PermitKind.WorkResidencePermit, Assert.IsType<Issued>(history.AsKnownAt(1)!.Effective.Single().Event).Kind);
        Assert.Empty(history.AsKnownAt(2)!.Effective);
        Assert.Equal(RejectCode.AlreadyIssued, (await AppendAsync(number, WorkPermitIssued(Date(2026, 3, 5)))).Rejection?.Code);
    }

    /// <summary>As known at each revision, the effective events are those that were so then.</summary>
    [Fact]
    public async Task AsKnownAt_BeforeAndAfterAnAnnulment_HasTheTargetAndHasItNot()
    {
        await AnnulOnceAsync();

        var history = (await Registry.LoadAsync(Number("BJ2024000001"), Token)).History!;

        Assert.Equal(
            [[1L], [1L, 2L], [1L, 2L, 3L], [1L, 3L], [1L, 3L, 5L]],
            Enumerable.Range(1, 5).Select(revision => history.AsKnownAt(revision)!.Effective.Select(recorded => recorded.Revision)));
    }

    [Fact]
    public async Task Append_AnnulmentUnderItsRequestIdAgain_IsTheSameAndOtherTargetsAreNot()
    {
        await AppendAsync("BJ2024000001", WorkPermitIssued(Date(2024, 3, 5)));
        await AppendAsync("BJ2024000001", new Reissued(Date(2024, 3, 6)));
        await AppendAsync("BJ2024000001", new Reissued(Date(2024, 3, 6)));
        var annulled = new Annulled(Date(2026, 11, 20), 2, "duplicate");
        var first = await AppendAsync("BJ2024000001", annulled, "one");

        var expected = new AppendResult(first.Revision, AlreadyRecorded: true, null);
        Assert.Equal(expected, await AppendAsync("BJ2024000001", annulled, "one"));
        Assert.Equal(expected with { RequestIdReused = true }, await AppendAsync("BJ2024000001", annulled with { Target = 3 }, "one"));
        Assert.Equal(expected with { RequestIdReused = true }, await AppendAsync("BJ2024000001", annulled with { Reason = "other" }, "one"));
        Assert.Equal(RejectCode.NotAdmissible, (await AppendAsync("BJ2024000001", annulled, "two")).Rejection?.Code);
        Assert.Equal(4, (await Registry.ReadHeadAsync(Token)).Revision);
    }

    /// <summary>Its event is annulled, the request is not: to repeat it records nothing anew.</summary>
    [Fact]
    public async Task Append_RequestWhoseEventWasAnnulled_AnswersItsFirstRevision()
    {
        await AppendAsync("BJ2024000001", WorkPermitIssued(Date(2024, 3, 5)));
        await AppendAsync("BJ2024000001", new Reissued(Date(2024, 3, 6)), "one");
        await AppendAsync("BJ2024000001", new Annulled(Date(2026, 11, 20), 2, "duplicate"));

        Assert.Equal(
            new AppendResult(2, AlreadyRecorded: true, null), await AppendAsync("BJ2024000001", new Reissued(Date(2024, 3, 6)), "one"));
        Assert.Single((await Registry.LoadAsync(Number("BJ2024000001"), Token)).History!.Effective);
        Assert.Equal(4, (await AppendAsync("BJ2024000001", new Reissued(Date(2024, 3, 6)), "two")).Revision);
    }

    /// <summary>Two clerks put the same mistake right at once: it is annulled once.</summary>
    [Fact]
    public async Task Append_TwoAnnulmentsOfOneEventAtOnce_RecordsOne()
    {
        await AppendAsync("BJ2024000001", WorkPermitIssued(Date(2024, 3, 5)));
        IPermitRegistry[] nodes = [Registry, await OpenTrackedAsync()];
        for (var place = 2; place < 22; place += 2)
        {
            await AppendAsync("BJ2024000001", new Reissued(Date(2024, 3, 6)));
            var annulled = new Annulled(Date(2026, 11, 20), place, "duplicate");
            var results = await Task.WhenAll(nodes.Select((node, i) => Task.Run(
                () => node.AppendAsync(new EventAppend($"{place}-{i}", Number("BJ2024000001"), annulled, "bureau"), Token), Token)));

            Assert.Single(results, result => result == new AppendResult(place + 1, AlreadyRecorded: false, null));
            Assert.Single(results, result => result.Rejection?.Code == RejectCode.NotAdmissible);
        }
    }

    /// <summary>Five events: the fourth annuls the second. The fifth rests on the third, and all on the first.</summary>
    private async Task<long> AnnulOnceAsync()
    {
        PermitEvent[] events =
        [
            WorkPermitIssued(Date(2024, 3, 5)),
            new Reissued(Date(2024, 3, 6)),
            new Retained(Date(2024, 3, 7), RetentionProcedure.Renewal),
            new Annulled(Date(2026, 11, 20), 2, "录入错误 \"补办\"\n"),
            new Returned(Date(2024, 3, 8)),
        ];
        var last = default(AppendResult);
        foreach (var happening in events)
        {
            last = await AppendAsync("BJ2024000001", happening);
            Assert.Null(last.Rejection);
        }

        return last.Revision;
    }

    private async Task<int> PlaceAtAsync(long revision) => (await Registry.ReadChangesAsync(revision, 1, Token)).MarkAtSince!.Value.Sequence;
}
