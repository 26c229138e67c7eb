using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Permits.Audit.V1;
using Permits.Verification.V1;
using Verification.Server.Tests.Support;

namespace Verification.Server.Tests.AuditReading;

/// <summary>Finding records of the audit log, page by page and as a stream.</summary>
public sealed class ListRecordsTests : IAsyncLifetime
{
    private const string Number = "BJ2024000017";
    private const string Other = "BJ2024000018";

    private readonly WatchedRecords _records = new();
    private TestServer _server = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await TestServer.StartAsync(configure: builder => _records.PutInto(builder.Services));
        await _server.RecordAsync(Calls.Issued(Number, "2025-08-01"));
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task ListRecords_ByEachField_FindsThoseThatFitAll()
    {
        var first = await AskAsync("housing", Number, "C-1");
        _server.Clock.Advance(TimeSpan.FromSeconds(2));
        var second = await AskAsync("housing", Other, "C-2");
        _server.Clock.Advance(TimeSpan.FromSeconds(2));
        var third = await AskAsync("school", Number, "C-1");
        await _server.CopiedAsync(third.Id);

        Assert.Equal([second.Id], await IdsAsync(new RecordQuery { CheckId = second.Id }));
        Assert.Equal([first.Id, third.Id], await IdsAsync(new RecordQuery { PermitNumber = "bj 2024-000017" }));
        Assert.Equal([first.Id, second.Id], await IdsAsync(AuditCalls.Always(query => query.Consumer = "housing")));
        Assert.Equal([first.Id, third.Id], await IdsAsync(AuditCalls.Always(query => query.Reference = "C-1")));
        Assert.Equal([third.Id], await IdsAsync(AuditCalls.Always(query => (query.Reference, query.Consumer) = ("C-1", "school"))));
        Assert.Equal([second.Id], await IdsAsync(new RecordQuery { Consumer = "housing", From = second.Asked, To = third.Asked }));
        Assert.Equal([first.Id], await IdsAsync(new RecordQuery { PermitNumber = Number, To = third.Asked }));
        Assert.Empty(await IdsAsync(new RecordQuery { CheckId = second.Id, PermitNumber = Number }));
        Assert.Empty(await IdsAsync(AuditCalls.Always(query => query.Consumer = "nobody")));
    }

    /// <summary>Where each stands is told too, so that it can be found in the files.</summary>
    [Fact]
    public async Task ListRecords_Record_SaysWhereItStandsAndHowItsNumberIsDigested()
    {
        using var housing = _server.Connect("housing");
        var check = Calls.Check(Number);
        check.Subject = new Subject { IdentityNumber = "110105199003072338" };
        var answer = await _server.RecordedAsync(housing, check);

        var found = Assert.Single((await _server.Auditor.ListRecordsAsync(new() { Query = new() { CheckId = answer.Provenance.CheckId } })).Records);

        Assert.True(Guid.TryParseExact(found.LogId, "N", out _));
        Assert.True(found.Block >= 1);
        Assert.Matches("^[0-9a-f]{32}$", found.IdentityDigest);
        Assert.Equal(IdentityDocument.ResidentIdentityCard, found.Record.IdentityDocument);
    }

    [Fact]
    public async Task ListRecords_PageByPage_TellsAllOnceInOrderOnAnyNode()
    {
        var asked = new List<string>();
        for (var i = 0; i < 7; i++)
        {
            asked.Add((await AskAsync("housing", Number, $"C-{i}")).Id);
        }

        await _server.CopiedAsync(asked[^1]);
        await using var other = await TestServer.StartAsync(_server.Folder);
        var request = new ListRecordsRequest { Query = AuditCalls.Always(query => query.Consumer = "housing"), PageSize = 3 };
        var pages = new List<ListRecordsResponse>();
        do
        {
            var node = pages.Count % 2 == 0 ? _server : other;
            pages.Add(await node.Auditor.ListRecordsAsync(request));
            request.PageToken = pages[^1].NextPageToken;
        }
        while (request.PageToken.Length > 0);

        Assert.Equal([3, 3, 1], pages.Select(page => page.Records.Count));
        Assert.Equal(asked, pages.SelectMany(page => page.Records).Select(found => found.Record.CheckId));
    }

    [Fact]
    public async Task ListRecords_PageThatIsFullToTheLast_HasNoNextOne()
    {
        var asked = await AskAsync("housing", Number, "C-1");
        await _server.CopiedAsync(asked.Id);

        var page = await _server.Auditor.ListRecordsAsync(new() { Query = new() { CheckId = asked.Id }, PageSize = 1 });

        Assert.Equal((1, string.Empty), (page.Records.Count, page.NextPageToken));
    }

    [Fact]
    public async Task ListRecords_TokenOfAnotherSearch_IsRefused()
    {
        await AskAsync("housing", Number, "C-1");
        var last = await AskAsync("housing", Number, "C-2");
        await _server.CopiedAsync(last.Id);
        var token = (await _server.Auditor.ListRecordsAsync(new() { Query = AuditCalls.Always(query => query.Consumer = "housing"), PageSize = 1 })).NextPageToken;

        Assert.NotEmpty(token);
        foreach (var (query, wrong) in new[]
        {
            (AuditCalls.Always(query => query.Consumer = "school"), token),
            (AuditCalls.Always(query => query.Consumer = "housing"), token[..^1]),
            (AuditCalls.Always(query => query.Consumer = "housing"), token + token),
            (AuditCalls.Always(query => query.Consumer = "housing"), "?"),
        })
        {
            Assert.Equal(
                "page_token:INVALID_PAGE_TOKEN",
                await Calls.WrongFieldsOfAsync(async () => await _server.Auditor.ListRecordsAsync(new() { Query = query, PageToken = wrong })));
        }
    }

    [Theory]
    [InlineData("query.from:FIELD_REQUIRED query.to:FIELD_REQUIRED", "", "", "", "")]
    [InlineData("query.from:FIELD_REQUIRED query.to:FIELD_REQUIRED", "", "", "housing", "")]
    [InlineData("query.from:FIELD_REQUIRED query.to:FIELD_REQUIRED", "", "", "", "C-1")]
    [InlineData("query.check_id:MALFORMED_CHECK_ID", "1", "", "", "")]
    [InlineData("query.permit_number:MALFORMED_PERMIT_NUMBER", "", "BJ!", "", "")]
    [InlineData("query.permit_number:MALFORMED_PERMIT_NUMBER", "", "110105199003072338", "", "")]
    [InlineData("query.reference:IDENTITY_NUMBER_IN_TEXT", "", Number, "", "110105199003072338")]
    [InlineData("query.consumer:IDENTITY_NUMBER_IN_TEXT", "", Number, "110105199003072338", "")]
    [InlineData("query.consumer:INVALID_ID", "", Number, "a b", "")]
    public async Task EverySearch_BadQuery_IsAFaultOfItsFields(string faults, string checkId, string permit, string consumer, string reference)
    {
        var query = new RecordQuery { CheckId = checkId, PermitNumber = permit, Consumer = consumer, Reference = reference };

        Assert.Equal(faults, await Calls.WrongFieldsOfAsync(async () => await _server.Auditor.ListRecordsAsync(new() { Query = query })));
        Assert.Equal(faults, await Calls.WrongFieldsOfAsync(() => _server.FindAsync(query)));
        Assert.Equal(faults, await Calls.WrongFieldsOfAsync(() => _server.ReplayAsync(new() { Query = query })));
    }

    [Fact]
    public async Task EveryCall_DatabaseAway_IsBehind()
    {
        _records.IsAway = true;
        var query = new RecordQuery { PermitNumber = Number };

        foreach (var call in new Func<Task>[]
        {
            async () => await _server.Auditor.ListRecordsAsync(new() { Query = query }),
            () => _server.FindAsync(query),
            async () => await _server.Auditor.ListDisclosuresAsync(new() { PermitNumber = Number }),
            () => _server.ReplayAsync(new() { Query = query }),
            () => _server.ReplayAsync(new() { CheckIds = new() { Values = { AuditCalls.IdMadeAt(DateTimeOffset.UnixEpoch) } } }),
        })
        {
            Assert.Equal((StatusCode.Unavailable, "AUDIT_BEHIND"), await Calls.ErrorOfAsync(call));
        }
    }

    [Fact]
    public async Task StreamRecords_ManyRecords_ComeInPartsAndGoOnFromAny()
    {
        using var housing = _server.Connect("housing");
        var batch = new BatchVerifyPermitsRequest();
        batch.Checks.AddRange(Enumerable.Range(0, 450).Select(i => Calls.Check($"BJ2024{i:000000}")));
        var answers = await new VerificationService.VerificationServiceClient(housing).BatchVerifyPermitsAsync(batch);
        var asked = answers.Items.Select(item => item.Response.Provenance.CheckId).ToArray();
        await _server.CopiedAsync(asked[^1]);
        var request = new StreamRecordsRequest { Query = AuditCalls.Always(query => query.Consumer = "housing") };

        var parts = await ReadAsync(request);
        request.PageToken = parts[0].NextPageToken;
        var rest = await ReadAsync(request);

        Assert.Equal([200, 200, 50], parts.Select(part => part.Records.Count));
        Assert.Equal(asked, parts.SelectMany(part => part.Records).Select(found => found.Record.CheckId));
        Assert.Equal(asked[200..], rest.SelectMany(part => part.Records).Select(found => found.Record.CheckId));
    }

    /// <summary>A search tells of people too, so it is recorded, with what it was for.</summary>
    [Fact]
    public async Task EverySearch_Answered_LeavesARecordOfWhatItWasFor()
    {
        var query = new RecordQuery { PermitNumber = Number, From = Timestamp.FromDateTimeOffset(TestServer.Now) };
        await _server.UntilAuditCanBeReadAsync();
        await _server.Auditor.ListRecordsAsync(new() { Query = query });
        await _server.FindAsync(query);
        await _server.ReplayAsync(new() { Query = query, SampleOneIn = 5 });
        await _server.Auditor.ListDisclosuresAsync(new() { PermitNumber = Number });
        await _server.CopiedAsync((await AskAsync("housing", Number, "C-1")).Id);

        var reads = (await _server.FindAsync(AuditCalls.Always(it => it.Consumer = TestConsumers.Authority)))
            .Where(found => found.Record.Call is >= RecordedCall.Disclosures and <= RecordedCall.Replay)
            .Select(found => (found.Record.Call, found.Record.PermitNumber, found.Record.Note));

        const string Text = $"permit={Number} from=2026-03-10T04:00:00Z";
        Assert.Equal(
            [
                (RecordedCall.AuditRead, Number, Text),
                (RecordedCall.AuditRead, Number, Text),
                (RecordedCall.Replay, Number, $"{Text} sample_one_in=5"),
                (RecordedCall.Disclosures, Number, $"permit={Number}"),
            ],
            reads);
    }

    /// <summary>The order is the chain's, not the clock's.</summary>
    [Fact]
    public async Task EverySearch_ClockSetBack_HidesNothing()
    {
        var before = await AskAsync("housing", Number, "C-1");
        _server.Clock.Advance(TimeSpan.FromHours(2));
        await _server.LeapAsync(TimeSpan.Zero);
        var ahead = await AskAsync("housing", Number, "C-2");
        await _server.CopiedAsync(ahead.Id);

        // Another node, whose clock is right.
        await using var right = await TestServer.StartAsync(_server.Folder, now: TestServer.Now.AddMinutes(1));
        using var housing = right.Connect("housing");
        var after = await right.RecordedAsync(housing, Calls.Check(Number));

        Assert.Equal([ahead.Id], (await right.FindAsync(new() { CheckId = ahead.Id })).Select(found => found.Record.CheckId));
        Assert.Equal(
            [before.Id, after.Provenance.CheckId],
            (await right.FindAsync(AuditCalls.Always(query => (query.Consumer, query.To) = ("housing", ahead.Asked)))).Select(found => found.Record.CheckId));
    }

    private async Task<(string Id, Timestamp Asked)> AskAsync(string consumer, string number, string reference)
    {
        using var channel = _server.Connect(consumer);
        var check = Calls.Check(number);
        check.Reference = reference;
        var asked = Timestamp.FromDateTimeOffset(_server.Clock.GetUtcNow());
        var answer = await new VerificationService.VerificationServiceClient(channel).VerifyPermitAsync(check);
        return (answer.Provenance.CheckId, asked);
    }

    private async Task<IEnumerable<string>> IdsAsync(RecordQuery query)
    {
        var page = await _server.Auditor.ListRecordsAsync(new() { Query = query });
        var stream = await _server.FindAsync(query);
        Assert.Equal(page.Records.Where(IsCheck), stream.Where(IsCheck));
        return page.Records.Where(IsCheck).Select(found => found.Record.CheckId);
    }

    private static bool IsCheck(AuditRecord found) => found.Record.Call == RecordedCall.Check;

    private async Task<List<StreamRecordsResponse>> ReadAsync(StreamRecordsRequest request)
    {
        var parts = new List<StreamRecordsResponse>();
        using var call = _server.Auditor.StreamRecords(request);
        await foreach (var part in call.ResponseStream.ReadAllAsync(Token))
        {
            parts.Add(part);
        }

        return parts;
    }
}
