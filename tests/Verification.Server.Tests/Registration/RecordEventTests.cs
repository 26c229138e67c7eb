using Grpc.Core;
using Permits.Registry.V1;
using Permits.Verification.V1;
using Verification.Server.Tests.Support;

namespace Verification.Server.Tests.Registration;

public sealed class RecordEventTests
{
    private const string Number = "BJ2024000017";
    private const string Child = "110105201608140014";

    [Fact]
    public async Task RecordEvent_EveryEvent_IsAnsweredByGetPermitWithoutIdentities()
    {
        await using var server = await TestServer.StartAsync();
        PermitEvent[] events =
        [
            Calls.Issued(Number, "2024-06-01", holder: "110105199003072338"),
            At("2025-04-11", happening => happening.Inspected = new Inspected { Channel = InspectionChannel.Online }),
            At("2025-05-01", happening => happening.DependantAdded = new DependantAdded { Relation = SubjectRole.Child, IdNumber = Child }),
            At("2025-05-02", happening => happening.EmploymentEnded = new EmploymentEnded { LeftOn = Calls.Date(2025, 4, 30) }),
            At("2025-05-03", happening => happening.CancellationDeferred = new CancellationDeferred { Until = Calls.Date(2025, 8, 1), Employer = "甲" }),
            At("2025-07-20", happening => happening.EmployerChanged = new EmployerChanged { Employer = "甲" }),
            At("2025-07-21", happening => happening.Retained = new Retained { Procedure = RetentionProcedure.Reissue }),
            At("2025-07-22", happening => happening.Reissued = new Reissued()),
            At("2025-07-22", happening => happening.Returned = new Returned()),
            At("2025-07-23", happening => happening.DependantRemoved = new DependantRemoved { Relation = SubjectRole.Child, IdNumber = Child }),
            At("2026-03-01", happening => happening.Cancelled = new Cancelled { Reason = "离职" }),
        ];
        foreach (var happening in events)
        {
            await server.RecordAsync(happening);
        }

        var permit = await server.Registry.GetPermitAsync(new() { PermitNumber = Number });
        var earlier = await server.Registry.GetPermitAsync(new() { PermitNumber = Number, Revision = 3 });

        Assert.Equal(events.Select(WithoutIdentities), permit.Events.Select(recorded => recorded.Event));
        Assert.Equal(Enumerable.Range(1, events.Length), permit.Events.Select(recorded => (int)recorded.Revision));
        Assert.All(permit.Events, recorded => Assert.Equal(TestConsumers.Authority, recorded.RecordedBy));
        Assert.Equal((3, 3), (earlier.Events.Count, (int)earlier.Revision));
    }

    [Fact]
    public async Task RecordEvent_OtherKinds_AreRecorded()
    {
        await using var server = await TestServer.StartAsync();
        var temporary = Calls.Issued("ZZ000001", "2015-01-01", PermitKind.TemporaryResidencePermit);
        temporary.Issued.ValidThrough = Calls.Date(2016, 1, 1);
        PermitEvent[] events =
        [
            temporary,
            Calls.Issued("JZ000001", "2025-01-01", PermitKind.ResidencePermit),
            At("2025-12-20", happening => happening.Endorsed = new Endorsed(), "JZ000001"),
            Calls.Issued("GJ000001", "2025-01-01", PermitKind.ResidenceRegistrationCard),
            At("2025-06-20", happening => happening.Extended = new Extended(), "GJ000001"),
            At("2025-07-20", happening => happening.Exchanged = new Exchanged { NewPermit = "JZ000001" }, "GJ000001"),
            Calls.Issued("BJ000001", "2024-01-01"),
            At("2024-04-02", happening => happening.Inspected = new Inspected { Channel = InspectionChannel.Online }, "BJ000001"),
            At("2025-04-02", happening => happening.Inspected = new Inspected { Channel = InspectionChannel.Online }, "BJ000001"),
            At("2025-12-20", happening => happening.Renewed = new Renewed(), "BJ000001"),
        ];
        foreach (var happening in events)
        {
            await server.RecordAsync(happening);
        }

        Assert.Equal(events[0], (await server.Registry.GetPermitAsync(new() { PermitNumber = "ZZ000001" })).Events.Single().Event);
        Assert.Equal(3, (await server.Registry.GetPermitAsync(new() { PermitNumber = "GJ000001" })).Events.Count);
        Assert.Equal(10, (await server.Registry.GetPermitAsync(new() { PermitNumber = "BJ000001" })).Revision);
    }

    [Fact]
    public async Task RecordEvent_SameRequestId_ChangesNothing()
    {
        await using var server = await TestServer.StartAsync();
        var request = new RecordEventRequest { RequestId = "r-1", Event = Calls.Issued(Number, "2025-05-01") };

        var first = await server.Registry.RecordEventAsync(request);
        await server.RecordAsync(Calls.Issued("BJ2024000018", "2025-05-01"));
        var again = await server.Registry.RecordEventAsync(request);

        Assert.Equal((1, false), (first.Revision, first.AlreadyRecorded));
        Assert.Equal((1, true), (again.Revision, again.AlreadyRecorded));
        Assert.Equal(2, (await server.Registry.GetPermitAsync(new() { PermitNumber = Number })).Revision);
    }

    [Fact]
    public async Task RecordEvent_RequestIdOfAnotherEvent_IsToldAndChangesNothing()
    {
        await using var server = await TestServer.StartAsync();
        await server.Registry.RecordEventAsync(new() { RequestId = "r-1", Event = Calls.Issued(Number, "2025-05-01") });

        var reused = await Calls.ErrorOfAsync(() => server.Registry.RecordEventAsync(
            new() { RequestId = "r-1", Event = At("2025-05-02", happening => happening.Cancelled = new Cancelled()) }).ResponseAsync);

        Assert.Equal((StatusCode.AlreadyExists, "REQUEST_ID_REUSED"), reused);
        Assert.Single((await server.Registry.GetPermitAsync(new() { PermitNumber = Number })).Events);
    }

    [Fact]
    public async Task RecordEvent_RefusedByTheRules_NamesTheRejectCode()
    {
        await using var server = await TestServer.StartAsync();

        var notIssued = await Calls.ErrorOfAsync(
            () => server.RecordAsync(At("2025-05-01", happening => happening.Renewed = new Renewed())));
        await server.RecordAsync(Calls.Issued(Number, "2025-05-01"));
        var notAdmissible = await Calls.ErrorOfAsync(
            () => server.RecordAsync(At("2025-05-01", happening => happening.Renewed = new Renewed())));

        Assert.Equal((StatusCode.FailedPrecondition, "NOT_ISSUED"), notIssued);
        Assert.Equal((StatusCode.FailedPrecondition, "NOT_ADMISSIBLE"), notAdmissible);
    }

    public static TheoryData<string, RecordEventRequest> WrongRequests => new()
    {
        { "request_id:FIELD_REQUIRED event:FIELD_REQUIRED", new RecordEventRequest() },
        { "request_id:INVALID_ID", new RecordEventRequest { RequestId = "a b", Event = Calls.Issued(Number, "2025-05-01") } },
        { "request_id:INVALID_ID", new RecordEventRequest { RequestId = new string('a', 65), Event = Calls.Issued(Number, "2025-05-01") } },
        { "event.permit_number:MALFORMED_PERMIT_NUMBER", Request(Calls.Issued("x", "2025-05-01")) },
        { "event.on:FIELD_REQUIRED", Request(new() { PermitNumber = Number, Renewed = new Renewed() }) },
        { "event.on:DATE_OUT_OF_RANGE", Request(Calls.Issued(Number, "2999-01-01")) },
        { "event.on:DATE_OUT_OF_RANGE", Request(Calls.Issued(Number, "2027-03-11")) },
        { "event.on:MALFORMED_DATE", Request(Calls.Issued(Number, "2025-02-30")) },
        { "event.permit_number:MALFORMED_PERMIT_NUMBER", Request(Calls.Issued("110105199003072338", "2025-05-01")) },
        { "event.issued.employer:IDENTITY_NUMBER_IN_TEXT", Request(Employer("甲公司１１０１０５１９９００３０７２３３８（王）")) },
        { "event.cancelled.reason:IDENTITY_NUMBER_IN_TEXT", Request(At("2025-05-01", happening => happening.Cancelled = new Cancelled { Reason = "王11010519491231002x" })) },
        { "event.exchanged.new_permit:MALFORMED_PERMIT_NUMBER", Request(At("2025-05-01", happening => happening.Exchanged = new Exchanged { NewPermit = "110105199003072338" })) },
        { "event.employment_ended.left_on:DATE_OUT_OF_RANGE", Request(At("0001-01-01", happening => happening.EmploymentEnded = new EmploymentEnded { LeftOn = Calls.Date(2025, 5, 2) })) },
        { "event:FIELD_REQUIRED", Request(At("2025-05-01", _ => { })) },
        { "event.issued.kind:UNKNOWN_VALUE", Request(Calls.Issued(Number, "2025-05-01", PermitKind.Unspecified)) },
        { "event.issued.kind:UNKNOWN_VALUE", Request(Calls.Issued(Number, "2025-05-01", (PermitKind)99)) },
        { "event.issued.holder_id:MALFORMED_IDENTITY_NUMBER", Request(Calls.Issued(Number, "2025-05-01", holder: "110105199003072339")) },
        { "event.issued.valid_through:FIELD_REQUIRED", Request(Calls.Issued(Number, "2025-05-01", PermitKind.TemporaryResidencePermit)) },
        { "event.inspected.channel:UNKNOWN_VALUE", Request(At("2025-05-01", happening => happening.Inspected = new Inspected())) },
        { "event.retained.procedure:UNKNOWN_VALUE", Request(At("2025-05-01", happening => happening.Retained = new Retained { Procedure = (RetentionProcedure)7 })) },
        { "event.employment_ended.left_on:DATE_OUT_OF_RANGE", Request(At("2025-05-01", happening => happening.EmploymentEnded = new EmploymentEnded { LeftOn = Calls.Date(2025, 5, 2) })) },
        { "event.cancellation_deferred.employer:FIELD_REQUIRED event.cancellation_deferred.until:FIELD_REQUIRED", Request(At("2025-05-01", happening => happening.CancellationDeferred = new CancellationDeferred())) },
        { "event.employer_changed.employer:FIELD_REQUIRED", Request(At("2025-05-01", happening => happening.EmployerChanged = new EmployerChanged { Employer = " " })) },
        { "event.employer_changed.employer:TEXT_TOO_LONG", Request(At("2025-05-01", happening => happening.EmployerChanged = new EmployerChanged { Employer = new string('甲', 1_001) })) },
        { "event.cancelled.reason:TEXT_TOO_LONG", Request(At("2025-05-01", happening => happening.Cancelled = new Cancelled { Reason = new string('a', 1_001) })) },
        { "event.exchanged.new_permit:MALFORMED_PERMIT_NUMBER", Request(At("2025-05-01", happening => happening.Exchanged = new Exchanged())) },
        { "event.dependant_added.relation:UNKNOWN_VALUE", Request(At("2025-05-01", happening => happening.DependantAdded = new DependantAdded { Relation = SubjectRole.Holder, IdNumber = Child })) },
        { "event.dependant_removed.relation:UNKNOWN_VALUE event.dependant_removed.id_number:FIELD_REQUIRED", Request(At("2025-05-01", happening => happening.DependantRemoved = new DependantRemoved())) },
    };

    [Theory]
    [MemberData(nameof(WrongRequests), DisableDiscoveryEnumeration = true)]
    public async Task RecordEvent_WrongField_IsNamedAndNothingChanges(string expected, RecordEventRequest request)
    {
        await using var server = await TestServer.StartAsync();

        Assert.Equal(expected, await Calls.WrongFieldsOfAsync(async () => await server.Registry.RecordEventAsync(request)));
        Assert.Equal(0, (await server.Registry.GetPermitAsync(new() { PermitNumber = Number })).Revision);
    }

    [Fact]
    public async Task RecordEvent_IdentityNumberOfZeros_IsOnFile()
    {
        await using var server = await TestServer.StartAsync();

        await server.RecordAsync(Calls.Issued(Number, "2025-05-01", holder: "000000000000000001"));

        Assert.True((await server.Registry.GetPermitAsync(new() { PermitNumber = Number })).Events.Single().Event.Issued.HolderOnFile);
        var match = await server.VerdictAsync(new() { PermitNumber = Number, Subject = new() { IdentityNumber = "000000000000000001" } });
        Assert.Equal(SubjectMatch.Matched, match.SubjectMatch);
    }

    [Fact]
    public async Task AnyCall_IdentityNumberForAPermit_IsToldWhichMistakeItIs()
    {
        await using var server = await TestServer.StartAsync();
        foreach (var call in (Func<Task>[])[
            () => server.VerdictAsync(Calls.Check("110105199003072338")),
            () => server.RecordAsync(Calls.Issued("110105-19900307-2338", "2025-05-01")),
            async () => await server.Registry.GetPermitAsync(new() { PermitNumber = "110105199003072338" })])
        {
            var error = await Assert.ThrowsAsync<RpcException>(call);
            Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
            Assert.Contains("resident identity number", error.Status.Detail, StringComparison.Ordinal);
            Assert.DoesNotMatch("[0-9]{4}", error.ToString());
        }
    }

    [Fact]
    public async Task RecordEvent_SixteenClientsOnTheSamePermits_LoseNothingAndRepeatNothing()
    {
        const int clients = 16;
        const int permits = 6;
        await using var server = await TestServer.StartAsync();
        for (var permit = 0; permit < permits; permit++)
        {
            await server.RecordAsync(Calls.Issued($"BJ00000{permit}", "2025-05-01"));
        }

        var everyone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var arrived = 0;
        var outcomes = await Task.WhenAll(Enumerable.Range(0, clients).Select(client => Task.Run(async () =>
        {
            var revisions = new List<long>();
            var cancelled = 0;
            for (var permit = 0; permit < permits; permit++)
            {
                var number = $"BJ00000{permit}";
                revisions.Add(await server.RecordAsync(At("2025-06-01", happening => happening.Reissued = new Reissued(), number)));
            }

            if (Interlocked.Increment(ref arrived) == clients)
            {
                everyone.SetResult();
            }

            await everyone.Task;
            for (var permit = 0; permit < permits; permit++)
            {
                try
                {
                    revisions.Add(await server.RecordAsync(
                        At("2025-07-01", happening => happening.Cancelled = new Cancelled(), $"BJ00000{permit}")));
                    cancelled++;
                }
                catch (RpcException refusal)
                {
                    Assert.Equal(StatusCode.FailedPrecondition, refusal.StatusCode);
                }
            }

            return (revisions, cancelled);
        })));

        Assert.Equal(permits, outcomes.Sum(outcome => outcome.cancelled));
        Assert.Equal(
            Enumerable.Range(permits + 1, (clients * permits) + permits).Select(revision => (long)revision),
            outcomes.SelectMany(outcome => outcome.revisions).Order());
        for (var permit = 0; permit < permits; permit++)
        {
            var events = (await server.Registry.GetPermitAsync(new() { PermitNumber = $"BJ00000{permit}" })).Events;
            Assert.Equal(clients + 2, events.Count);
            Assert.NotNull(events[^1].Event.Cancelled);
        }
    }

    private static PermitEvent At(string on, Action<PermitEvent> say, string number = Number)
    {
        var happening = new PermitEvent { PermitNumber = number, On = Calls.Date(on) };
        say(happening);
        return happening;
    }

    private static PermitEvent Employer(string name)
    {
        var issued = Calls.Issued(Number, "2025-05-01");
        issued.Issued.Employer = name;
        return issued;
    }

    private static RecordEventRequest Request(PermitEvent happening) => new() { RequestId = "r", Event = happening };

    private static PermitEvent WithoutIdentities(PermitEvent happening)
    {
        var copy = happening.Clone();
        if (copy.Issued is { } issued)
        {
            issued.HolderOnFile = issued.HolderId.Length > 0;
            issued.HolderId = string.Empty;
        }

        copy.DependantAdded?.IdNumber = string.Empty;
        copy.DependantRemoved?.IdNumber = string.Empty;
        return copy;
    }
}
