using System.Reflection;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Permits.Audit.V1;
using Permits.Registry.V1;
using Permits.Verification.V1;
using Verification.Server.Messages;
using Verification.Server.Tests.Support;
using RpcStatus = Google.Rpc.Status;

namespace Verification.Server.Tests.Messages;

/// <summary>
/// What a person reads of every fault of a field, from a server: what is wrong, then what is allowed. One that is new must be told here
/// too, or <see cref="Faults_AllThatThereAre_AreAskedFor"/> fails.
/// </summary>
public sealed class FieldFaultTests
{
    private const string Number = "BJ2024000017";
    private const string Identity = "110105199003072338";
    private const string NoNumber = "It is no permit number; one has 6 to 24 characters 0-9A-Z, white space and hyphens aside.";

    private static readonly Row[] Rows =
    [
        new(nameof(FieldFault.Missing), Record(on: null), "It is missing; it is required."),
        new(nameof(FieldFault.Missing), Record(change: happening => happening.DependantAdded = new() { Relation = SubjectRole.Child }), "It is missing; it is required."),
        new(nameof(FieldFault.NothingHappened), Record(change: happening => happening.ClearEvent()), "It does not say what happened; one of the happenings must be set."),
        new(nameof(FieldFault.NoPermitNumber), Check(check => check.PermitNumber = "BJ!1990"), NoNumber),
        new(nameof(FieldFault.NoPermitNumber), Check(check => check.PermitNumber = string.Empty), NoNumber),
        new(nameof(FieldFault.IdentityForPermitNumber), Check(check => check.PermitNumber = Identity), "It is a resident identity number 居民身份证号; it must be the number of a permit."),
        new(nameof(FieldFault.NoIdentityNumber), Check(check => check.Subject = new() { IdentityNumber = "110105199003072339" }), "It is no resident identity number 居民身份证号; it must be 17 digits and the check character that fits them."),
        new(nameof(FieldFault.NoIdentityNumber), Check(check => check.Subject = new() { IdentityNumber = "E12!4", Document = IdentityDocument.Passport }), "It is no number of a passport; it must be 5 to 20 characters 0-9A-Z, white space and hyphens aside."),
        new(nameof(FieldFault.IdentityRequired), IdentityRequiredAsync, "It is missing; this caller must bring the subject's identity number with every check."),
        new(nameof(FieldFault.NoCreditCode), Record(change: happening => happening.Issued.Kind = PermitKind.EmployerRegistration), "It is no unified social credit code 统一社会信用代码; the number of an employer registration must be one, 18 characters with a check character that fits."),
        new(nameof(FieldFault.NoPlace), Record(change: happening => happening.Annulled = new() { Reason = "录错" }), "It is less than 1; places of events count from 1."),
        new(nameof(FieldFault.UnknownCode), Check(check => check.Subject = new() { IdentityNumber = "E12345", Document = (IdentityDocument)6 }), "Its value 6 is not known; it must be one of the contract's values."),
        new(nameof(FieldFault.IdentityInText), Check(check => check.Reference = Identity), "It holds a resident identity number 居民身份证号; none is kept, so leave it out."),
        new(nameof(FieldFault.NoId), Check(check => check.Reference = new string('a', 65)), "It has 65 characters; it must have 1 to 64 characters, all visible ASCII."),
        new(nameof(FieldFault.ThroughOutOfRange), Check(check => (check.AsOf, check.Through) = (Calls.Date("2025-05-02"), Calls.Date("2025-05-01"))), "The date 2025-05-01 is before as_of; it must lie from 2025-05-02, the check's date, to {today+5}, five years from today."),
        new(nameof(FieldFault.NoDate), Check(check => (check.AsOf, check.Through) = (Calls.Date("2023-02-29"), Calls.Date("2023-03-05"))), "It names no real day; it must be one of the years 1 to 9999."),
        new(nameof(FieldFault.ThroughOutOfRange), Check(check => (check.AsOf, check.Through) = (Calls.Date("2025-05-02"), Calls.Date("2999-05-01"))), "The date 2999-05-01 is after {today+5}; it must lie from 2025-05-02, the check's date, to {today+5}, five years from today."),
        new(nameof(FieldFault.IdentityInText), Record(change: happening => happening.Issued.Employer = $"王{Identity}"), "It holds a resident identity number 居民身份证号; none is kept, so leave it out."),
        new(nameof(FieldFault.TextTooLong), Record(change: happening => happening.Issued.Employer = new string('王', 1_001)), "It has 1001 characters; it may have 1000."),
        new(nameof(FieldFault.NoDate), Check(check => check.AsOf = Calls.Date("2023-02-29")), "It names no real day; it must be one of the years 1 to 9999."),
        new(nameof(FieldFault.AsOfOutOfRange), Check(check => check.AsOf = Calls.Date("1999-01-01")), "The date 1999-01-01 is before 2000-01-01; it must lie from 2000-01-01 to {today+5}, five years from today."),
        new(nameof(FieldFault.AsOfOutOfRange), Check(check => check.AsOf = Calls.Date("2999-01-01")), "The date 2999-01-01 is after {today+5}; it must lie from 2000-01-01 to {today+5}, five years from today."),
        new(nameof(FieldFault.TooFarAhead), Record(on: "2999-01-01"), "The date 2999-01-01 is more than a year ahead; it may be {today+1} at the latest."),
        new(nameof(FieldFault.AfterEvent), Record(change: happening => happening.EmploymentEnded = new() { LeftOn = Calls.Date("2025-05-02") }), "The date 2025-05-02 is after the event's; it may be 2025-05-01 at the latest."),
        new(nameof(FieldFault.UnknownCode), Check(check => check.Entitlements.Add(Entitlement.Unspecified)), "It is unspecified; it must be one of the contract's values."),
        new(nameof(FieldFault.UnknownCode), Check(check => check.Subject = new() { Role = (SubjectRole)9 }), "Its value 9 is not known; it must be one of the contract's values."),
        new(nameof(FieldFault.UnknownCode), Record(change: happening => happening.Inspected = new() { Channel = (InspectionChannel)7 }), "Its value 7 is not known; it must be one of: 'online', 'window'."),
        new(nameof(FieldFault.TooManyValues), Check(check => check.Entitlements.Add(Enumerable.Repeat(Entitlement.HomePurchase, 19))), "It names more values than there are; it may name 18."),
        new(nameof(FieldFault.NoId), Record(id: new string('a', 65)), "It has 65 characters; it must have 1 to 64 characters, all visible ASCII."),
        new(nameof(FieldFault.NoId), Record(id: "a b"), "It has characters that are not visible ASCII; it must have 1 to 64 characters, all visible ASCII."),
        new(nameof(FieldFault.IdChanged), Import(new() { ImportId = "one" }, new() { ImportId = "two" }), "It is not that of the call's first message; it must stay the same for the whole call."),
        new(nameof(FieldFault.IdOfCheck), Import([new() { ImportId = "one", CheckOnly = true }]), "It is set, and check_only is too; a file that is only judged has none."),
        new(nameof(FieldFault.CheckTooLate), Import(new() { ImportId = "one" }, new() { CheckOnly = true }), "It is set, and the call's first message did not set it; a file is judged or imported as a whole."),
        new(nameof(FieldFault.NoCardEdition), Check(check => check.CardEdition = -1), "The edition -1 is below 1; card editions count from 1."),
        new(nameof(FieldFault.NoRevision), Check(check => check.KnownAtRevision = -2), "It is negative; revisions count from 0."),
        new(nameof(FieldFault.NoRevision), async server => await server.Registry.GetPermitAsync(new() { PermitNumber = Number, Revision = -3 }), "It is negative; revisions count from 0."),
        new(nameof(FieldFault.NoRevisionToReach), Check(check => check.Freshness = new() { AtLeastRevision = -4 }), "It is negative; revisions count from 0."),
        new(nameof(FieldFault.NotConsistent), Check(check => check.Freshness = new() { FullyConsistent = false }), "It is false; it must be true, or the freshness left out or another."),
        new(nameof(FieldFault.NoLengthOfTime), Check(check => check.Freshness = new() { MaxStaleness = new Duration { Seconds = -1 } }), "It is negative or no well-formed duration; its seconds must be from 0 to 315576000000, its nanos from 0 to 999999999."),
        new(nameof(FieldFault.JumpOutOfRange), async server => await server.Registry.MarkRestoredAsync(new() { Jump = 0 }), "It is less than 1; 1 to 1000000000000 revisions can be left out."),
        new(nameof(FieldFault.JumpOutOfRange), async server => await server.Registry.MarkRestoredAsync(new() { Jump = long.MaxValue }), "It is more than 1000000000000; 1 to 1000000000000 revisions can be left out."),
        new(nameof(FieldFault.NoCheckId), async server => await server.Permits.GetCheckAsync(new() { CheckId = "1" }), "It is no check_id; one is a UUIDv7 in 32 hexadecimal digits, and for an item of a batch a hyphen and its index behind them."),
        new(nameof(FieldFault.NoInstant), Find(query => query.From = new Timestamp { Nanos = -1 }), "It is no well-formed instant; it must be one of the years 1 to 9999, its nanos from 0 to 999999999."),
        new(nameof(FieldFault.IntervalRequired), Find(query => query.From = null), "It is missing; a search that names neither check nor permit needs both ends of an interval."),
        new(nameof(FieldFault.EmptyInterval), Find(query => query.To = query.From), "It is not after the interval's beginning; it must be the first instant that counts no more."),
        new(nameof(FieldFault.NoPageSize), async server => await server.Auditor.ListRecordsAsync(new() { Query = AuditCalls.Always(), PageSize = -1 }), "It is negative; it must be 0, which means the usual size, or more."),
        new(nameof(FieldFault.NoPageToken), async server => await server.Auditor.ListRecordsAsync(new() { Query = AuditCalls.Always(), PageToken = "next" }), "No page of this search ended with it; it must be the next_page_token of an answer to the same query."),
        new(nameof(FieldFault.TooManyChecks), Replay(new() { CheckIds = new() { Values = { Enumerable.Repeat(string.Empty, 11) } } }), "It names more than 10 checks; it may name 10; a query finds more."),
        new(nameof(FieldFault.NoSample), Replay(new() { Query = AuditCalls.Always(), SampleOneIn = -1 }), "It is negative; one record in so many is taken, where 0 and 1 mean all."),
        new(nameof(FieldFault.BatchSize), Batch(), "The batch has no checks; it must have 1 to 1000."),
        new(nameof(FieldFault.BatchSize), Batch([.. Enumerable.Repeat(Calls.Check(Number), 1_001)]), "The batch has more than 1000 checks; it must have 1 to 1000."),
        new(nameof(FieldFault.UnknownField), Json("""{"asOff":1}"""), "There is no such field here; there are permitNumber, entitlements, subject, asOf, freshness, cardEdition, knownAtRevision, through, reference, rulebookVersion."),
        new(nameof(FieldFault.UnknownField), Json("""{"requestId":"1","event":{"renewed":{"a":1}}}""", "record"), "There is no such field here; there are none."),
        new(nameof(FieldFault.InQuery), Json("{}", "verify?asOf=1"), "It stands in the query; no call takes any there, as queries are logged on their way."),
        new(nameof(FieldFault.Repeated), Json("""{"reference":"a","reference":"b"}"""), "It is set twice; it may be set once."),
        new(nameof(FieldFault.Repeated), Json("""{"freshness":{"maxStaleness":"5s","fullyConsistent":true}}"""), "Another one in its place is set already; one of maxStaleness, atLeastRevision, fullyConsistent may be set, and none of the others be null."),
        new(nameof(FieldFault.WrongType), Json("""{"permitNumber":17}"""), "It is a number; it must be a text in quotes."),
        new(nameof(FieldFault.WrongType), Json("""{"asOf":"2026-03-10"}"""), "It is a text; it must be an object."),
        new(nameof(FieldFault.WrongForm), Json("""{"freshness":{"maxStaleness":"5"}}"""), "It is a text of another form; it must be a length of time in seconds, from 0 to 99999999999, as in \"5s\"."),
        new(nameof(FieldFault.NoText), Json("""{"reference":"\ud800"}"""), "It is no Unicode text; it must be one, without half characters."),
        new(nameof(FieldFault.NoWholeNumber), Json("""{"cardEdition":1.5}"""), "It is no whole number of its size; it must be one from -2147483648 to 2147483647, without exponent or point."),
        new(nameof(FieldFault.UnknownName), Json("""{"subject":{"role":"SPOUSE"}}"""), "It is none of the contract's values; it must be one of SUBJECT_ROLE_HOLDER, SUBJECT_ROLE_SPOUSE, SUBJECT_ROLE_CHILD, SUBJECT_ROLE_PARENT."),
        new(nameof(FieldFault.InCheckOfBatch), Batch(new VerifyPermitRequest { PermitNumber = Number, RulebookVersion = "1" }), "It is set in one check of a batch; it may be set for the whole batch."),
    ];

    [Fact]
    public async Task Descriptions_OfEveryFault_SayWhatIsWrongThenWhatIsAllowed()
    {
        await using var server = await TestServer.StartAsync(args: ["--Verification:Consumers:school:RequireIdentity=true"]);
        var told = new List<string>();
        foreach (var row in Rows)
        {
            told.Add(DescriptionOf(await row.AskAsync(server)));
        }

        var today = DateOnly.FromDateTime(server.Clock.GetUtcNow().AddHours(8).Date);
        Assert.Equal(
            Rows.Select(row => row.Description
                .Replace("{today+5}", $"{today.AddYears(5):yyyy-MM-dd}", StringComparison.Ordinal)
                .Replace("{today+1}", $"{today.AddYears(1):yyyy-MM-dd}", StringComparison.Ordinal)),
            told);
    }

    [Fact]
    public void Faults_AllThatThereAre_AreAskedFor()
    {
        var faults = typeof(FieldFault).GetMethods(BindingFlags.Public | BindingFlags.Static).Select(method => method.Name);

        Assert.Empty(typeof(FieldFault).GetConstructors());
        Assert.Equal(faults.Order(), Rows.Select(row => row.Fault).Distinct().Order());
    }

    private static string DescriptionOf(RpcStatus error) => Assert.Single(error.GetDetail<BadRequest>()!.FieldViolations).Description;

    private static Func<TestServer, Task> Check(Action<VerifyPermitRequest> change)
    {
        var check = Calls.Check(Number);
        change(check);
        return async server => await server.Permits.VerifyPermitAsync(check);
    }

    private static Func<TestServer, Task> Batch(params VerifyPermitRequest[] checks) => async server =>
    {
        var answer = await server.Permits.BatchVerifyPermitsAsync(new() { Checks = { checks } });
        throw answer.Items.Single().Error.ToRpcException();
    };

    private static Func<TestServer, Task> Record(string? on = "2025-05-01", Action<PermitEvent>? change = null, string id = "one")
    {
        var happening = Calls.Issued(Number, on ?? "2025-05-01");
        happening.On = on is null ? null : happening.On;
        change?.Invoke(happening);
        return async server => await server.Registry.RecordEventAsync(new() { RequestId = id, Event = happening });
    }

    private static Func<TestServer, Task> Find(Action<RecordQuery> change) =>
        async server => await server.Auditor.ListRecordsAsync(new() { Query = AuditCalls.Always(change) });

    /// <summary>Asks by HTTP and JSON; its problem comes as the error that it would be by gRPC.</summary>
    private static Func<TestServer, Task> Json(string body, string call = "verify") => async server =>
    {
        var reply = await server.PostAsync($"/v1/permits:{call}", body);
        var violation = Assert.Single(reply.Json.GetProperty("violations").EnumerateArray());
        var fields = new BadRequest();
        fields.FieldViolations.Add(new BadRequest.Types.FieldViolation { Description = violation.GetProperty("description").GetString()! });
        throw Verification.Server.Errors.RpcErrors.InvalidArgument(reply.Reason, new("Wrong.", "错误。"), fields).ToRpcException();
    };

    private static Func<TestServer, Task> Replay(ReplayRequest request) => server => server.ReplayAsync(request);

    private static async Task IdentityRequiredAsync(TestServer server)
    {
        using var channel = server.Connect(TestConsumers.Of(Core.Rules.Codes.ConsumerClass.School));
        await new VerificationService.VerificationServiceClient(channel).VerifyPermitAsync(Calls.Check(Number));
    }

    private static Func<TestServer, Task> Import(params ImportEventsRequest[] messages) => async server =>
    {
        using var call = server.Registry.ImportEvents();
        foreach (var message in messages)
        {
            await call.RequestStream.WriteAsync(message);
        }

        await foreach (var answer in call.ResponseStream.ReadAllAsync(TestContext.Current.CancellationToken))
        {
            Assert.NotNull(answer);
        }
    };

    private sealed record Row(string Fault, Func<TestServer, Task> Ask, string Description)
    {
        public async Task<RpcStatus> AskAsync(TestServer server) =>
            (await Assert.ThrowsAsync<RpcException>(() => Ask(server))).GetRpcStatus()!;
    }
}
