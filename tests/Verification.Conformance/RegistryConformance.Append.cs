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
