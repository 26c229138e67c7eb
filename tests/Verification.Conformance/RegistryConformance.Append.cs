using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Core.Registry;

namespace Verification.Conformance;

public abstract partial class RegistryConformance
{
    [Fact]
    public async Task Append_AdmissibleEvents_MakeRevisionsWithoutGaps()
    {
        var first = await AppendAsync("BJ2024000001", WorkPermitIssued(Date(2024, 3, 5)));
        var second = await AppendAsync("BJ2024000002", WorkPermitIssued(Date(2024, 3, 5)));
        var third = await AppendAsync("BJ2024000001", new Reissued(Date(2024, 3, 6)));

        Assert.Equal([1L, 2L, 3L], new[] { first, second, third }.Select(result => result.Revision));
    }

    [Theory]
    [InlineData("BJ2024000002", "2024-03-05", RejectCode.NotIssued)]
    [InlineData("BJ2024000001", "2024-03-04", RejectCode.OutOfOrder)]
    [InlineData("BJ2024000001", "2030-01-01", RejectCode.Lapsed)]
    [InlineData("BJ2024000001", "2024-03-05", RejectCode.NotAdmissible)]
    public async Task Append_RefusedEvent_ChangesNothing(string permit, string on, RejectCode expected)
    {
        await AppendAsync("BJ2024000001", WorkPermitIssued(Date(2024, 3, 5)));

        var refused = await AppendAsync(permit, new Renewed(DateOnly.ParseExact(on, "yyyy-MM-dd")));

        Assert.Equal(expected, refused.Rejection?.Code);
        Assert.Equal(0, refused.Revision);
        Assert.Equal(1, (await Registry.ReadHeadAsync(Token)).Revision);
    }

    [Fact]
    public async Task Append_RequestIdSeenBefore_AnswersTheFirstRevisionAndChangesNothing()
    {
        await AppendAsync("BJ2024000001", WorkPermitIssued(Date(2024, 3, 5)), "one");
        var first = await AppendAsync("BJ2024000001", new Reissued(Date(2024, 3, 6)), "two");
        await AppendAsync("BJ2024000001", new Reissued(Date(2024, 3, 6)), "three");

        var again = await AppendAsync("BJ2024000001", new Reissued(Date(2024, 3, 6)), "two");

        Assert.Equal(new AppendResult(first.Revision, AlreadyRecorded: true, null), again);
        Assert.Equal(3, (await Registry.ReadHeadAsync(Token)).Revision);
    }

    public static TheoryData<string, string, string> OtherRequests => new()
    {
        { "BJ2024000002", "2024-03-06", "another permit" },
        { "BJ2024000001", "2024-03-07", "another date" },
        { "BJ2024000001", "2024-03-06", "another type" },
        { "BJ2024000001", "2024-03-06", "another field" },
        { "BJ2024000001", "2024-03-06", "no field" },
    };

    /// <summary>Also where the other event would be refused: the caller mistook the id, and is told so.</summary>
    [Theory]
    [MemberData(nameof(OtherRequests))]
    public async Task Append_RequestIdOfAnotherEvent_IsToldAndChangesNothing(string permit, string on, string what)
    {
        await AppendAsync("BJ2024000001", WorkPermitIssued(Date(2024, 3, 5)));
        await AppendAsync("BJ2024000002", WorkPermitIssued(Date(2024, 3, 5)));
        var first = await AppendAsync("BJ2024000001", new Cancelled(Date(2024, 3, 6), "离京"), "one");
        var date = DateOnly.ParseExact(on, "yyyy-MM-dd");
        PermitEvent other = what switch
        {
            "another type" => new Reissued(date),
            "another field" => new Cancelled(date, "離京"),
            "no field" => new Cancelled(date, null),
            _ => new Cancelled(date, "离京"),
        };

        var reused = await AppendAsync(permit, other, "one");

        Assert.Equal(new AppendResult(first.Revision, AlreadyRecorded: true, null, RequestIdReused: true), reused);
        Assert.Equal(3, (await Registry.ReadHeadAsync(Token)).Revision);
        Assert.Single((await Registry.LoadAsync(Number("BJ2024000002"), Token)).History!.Events);
    }

    [Fact]
    public async Task Append_RequestIdOfAnotherIdentity_IsTold()
    {
        var permit = Number("BJ2024000001");
        Assert.True(ResidentIdentityNumber.TryParse("110105199003072338", out var one));
        Assert.True(ResidentIdentityNumber.TryParse("110105201608140014", out var other));
        Issued IssuedTo(ResidentIdentityNumber holder) =>
            WorkPermitIssued(Date(2024, 3, 5)) with { Holder = Digester.Digest(permit, SubjectRole.Holder, holder) };
        await AppendAsync(permit, IssuedTo(one), "one");

        Assert.False((await AppendAsync(permit, IssuedTo(one), "one")).RequestIdReused);
        Assert.True((await AppendAsync(permit, IssuedTo(other), "one")).RequestIdReused);
        Assert.True((await AppendAsync(permit, WorkPermitIssued(Date(2024, 3, 5)), "one")).RequestIdReused);
    }

    /// <summary>Who leaves a field out, and then names what that means, says the same.</summary>
    [Fact]
    public async Task Append_RequestThatNamesTheDefaults_IsTheSame()
    {
        var issued = WorkPermitIssued(Date(2024, 3, 5));
        await AppendAsync("BJ2024000001", issued, "one");
        await AppendAsync("BJ2024000002", issued with { AppliedOn = issued.On }, "two");
        var ended = await AppendAsync("BJ2024000001", new EmploymentEnded(Date(2024, 7, 1), Date(2024, 7, 1)), "three");

        Assert.Equal(new AppendResult(1, AlreadyRecorded: true, null), await AppendAsync("BJ2024000001", issued with { AppliedOn = issued.On }, "one"));
        Assert.Equal(new AppendResult(2, AlreadyRecorded: true, null), await AppendAsync("BJ2024000002", issued, "two"));
        Assert.True((await AppendAsync("BJ2024000001", issued with { AppliedOn = Date(2024, 3, 4) }, "one")).RequestIdReused);
        Assert.Equal(
            ended with { AlreadyRecorded = true },
            await AppendAsync("BJ2024000001", new EmploymentEnded(Date(2024, 7, 1), Date(2024, 7, 1)), "three"));
        Assert.True((await AppendAsync("BJ2024000001", new EmploymentEnded(Date(2024, 7, 1), Date(2024, 6, 30)), "three")).RequestIdReused);
    }

    [Fact]
    public async Task Append_EveryTypeOfEventAgain_IsTheSame()
    {
        var permit = Number("BJ2024000001");
        var events = EveryWorkPermitEvent(permit);
        for (var i = 0; i < events.Length; i++)
        {
            var first = await AppendAsync(permit, events[i], $"request-{i}");

            Assert.Equal(new AppendResult(first.Revision, AlreadyRecorded: true, null), await AppendAsync(permit, events[i], $"request-{i}"));
        }
    }

    /// <summary>Two nodes, two events, one id, at once: one is recorded, the other is told.</summary>
    [Fact]
    public async Task Append_TwoEventsUnderOneIdAtOnce_RecordsOneAndTellsTheOther()
    {
        await AppendAsync("BJ2024000001", WorkPermitIssued(Date(2024, 3, 5)));
        var other = await OpenTrackedAsync();
        for (var i = 0; i < 20; i++)
        {
            EventAppend Request(int days) => new($"request-{i}", Number("BJ2024000001"), new Reissued(Date(2024, 3, 6).AddDays((2 * i) + days)), "bureau");
            var results = await Task.WhenAll(
                Task.Run(() => Registry.AppendAsync(Request(0), Token), Token), Task.Run(() => other.AppendAsync(Request(1), Token), Token));

            Assert.Single(results, result => result == new AppendResult(i + 2, AlreadyRecorded: false, null));
            Assert.Single(results, result => result == new AppendResult(i + 2, AlreadyRecorded: true, null, RequestIdReused: true));
        }
    }

    [Theory]
    [InlineData("request-a", "request-A")]
    [InlineData("request", "request.")]
    public async Task Append_SimilarRequestIds_AreDifferentRequests(string one, string other)
    {
        await AppendAsync("BJ2024000001", WorkPermitIssued(Date(2024, 3, 5)), one);

        var second = await AppendAsync("BJ2024000001", new Reissued(Date(2024, 3, 6)), other);

        Assert.Equal(new AppendResult(2, AlreadyRecorded: false, null), second);
    }

    [Fact]
    public async Task Append_SameRequestIdOfAnotherConsumer_IsAnotherRequest()
    {
        await AppendAsync("BJ2024000001", WorkPermitIssued(Date(2024, 3, 5)), "one", "haidian");

        var other = await AppendAsync("BJ2024000001", new Reissued(Date(2024, 3, 5)), "one", "chaoyang");

        Assert.Equal(new AppendResult(2, AlreadyRecorded: false, null), other);
    }

    [Fact]
    public async Task Append_RefusedRequest_IsJudgedAnew()
    {
        await AppendAsync("BJ2024000001", new Reissued(Date(2024, 3, 6)), "one");
        await AppendAsync("BJ2024000001", WorkPermitIssued(Date(2024, 3, 5)), "two");

        var again = await AppendAsync("BJ2024000001", new Reissued(Date(2024, 3, 6)), "one");

        Assert.Equal(new AppendResult(2, AlreadyRecorded: false, null), again);
    }

    [Fact]
    public async Task Append_SixteenClientsOnTwoNodes_LoseNothingAndCancelOnce()
    {
        string[] permits = ["BJ2024000001", "BJ2024000002", "BJ2024000003"];
        foreach (var permit in permits)
        {
            await AppendAsync(permit, WorkPermitIssued(Date(2024, 3, 5)));
        }

        IPermitRegistry[] nodes = [Registry, await OpenTrackedAsync()];
        var clients = Enumerable.Range(0, 16).Select(client => Task.Run(
            async () =>
            {
                var results = new List<AppendResult>();
                for (var i = 0; i < 12; i++)
                {
                    var permit = Number(permits[(client + i) % permits.Length]);
                    PermitEvent happening = i == 9 ? new Cancelled(Date(2024, 3, 6), null) : new Reissued(Date(2024, 3, 6));
                    results.Add(await nodes[client % 2].AppendAsync(new EventAppend($"{client}-{i}", permit, happening, "bureau"), Token));
                }

                return results;
            },
            Token));
        var all = (await Task.WhenAll(clients)).SelectMany(results => results).ToList();

        var head = await Registry.ReadHeadAsync(Token);
        var recorded = all.Where(result => result.Rejection is null).Select(result => result.Revision).Order().ToList();
        Assert.Equal(Enumerable.Range(4, recorded.Count).Select(revision => (long)revision), recorded);
        Assert.Equal(head.Revision, recorded[^1]);
        var snapshot = await Registry.LoadAsync(permits.Select(Number).ToList(), Token);
        Assert.Equal(head.Revision, snapshot.Histories.Values.Sum(history => (long)history.Events.Length));
        Assert.All(snapshot.Histories.Values, history => Assert.IsType<Cancelled>(history.Events[^1].Event));
        Assert.All(snapshot.Histories.Values, history => Assert.Single(history.Events, recorded => recorded.Event is Cancelled));
        Assert.All(
            all.Where(result => result.Rejection is not null),
            result => Assert.Equal(RejectCode.AlreadyCancelled, result.Rejection!.Code));
    }
}
