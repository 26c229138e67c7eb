using Google.Protobuf.WellKnownTypes;
using Permits.Audit.V1;
using Permits.Verification.V1;
using Verification.Server.Tests.Support;

namespace Verification.Server.Tests.AuditReading;

/// <summary>Who asked about my permit: what the authority's own portal may tell a holder.</summary>
public sealed class DisclosuresTests : IAsyncLifetime
{
    private const string Number = "BJ2024000017";
    private const string Spouse = "E12345678";

    private TestServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await TestServer.StartAsync(args: ["--Verification:Consumers:school:RequireIdentity=true"]);
        await _server.RecordAsync(Calls.Issued(Number, "2025-08-01"));
        await _server.RecordAsync(Calls.SpouseAdded(Number, "2025-08-02", Spouse));
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task ListDisclosures_CheckOfAFamilyMember_TellsPurposeAndAnswerAndNothingOfThePerson()
    {
        using var housing = _server.Connect("housing");
        var check = new VerifyPermitRequest
        {
            PermitNumber = Number,
            Entitlements = { Entitlement.HomePurchase },
            Subject = new Subject { Role = SubjectRole.Spouse, IdentityNumber = Spouse, Document = IdentityDocument.Passport },
            Through = Calls.Date("2026-06-30"),
            CardEdition = 1,
            Reference = "case-of-my-wife",
        };
        var answer = await _server.RecordedAsync(housing, check);

        var disclosure = Assert.Single((await _server.Auditor.ListDisclosuresAsync(new() { PermitNumber = Number })).Disclosures);

        var expected = new Disclosure
        {
            Instant = disclosure.Instant,
            Consumer = "housing",
            ConsumerClass = ConsumerClass.HousingRegistry,
            Call = RecordedCall.Check,
            AsOf = Calls.Date("2026-03-10"),
            Status = answer.Verdict.Status,
            Reasons = { answer.Verdict.Reasons },
            Decisions = { new DisclosedDecision { Entitlement = Entitlement.HomePurchase, Decision = Decision.NotConferred } },
            Throughout = answer.Verdict.Throughout,
        };
        Assert.Equal(expected, disclosure);
        Assert.Equal(SubjectMatch.Matched, answer.Verdict.SubjectMatch);
    }

    /// <summary>By the contract: no field of a disclosure could hold who was asked about, by number, role or match, or the asker's case.</summary>
    [Fact]
    public void Disclosure_Fields_HaveNoRoomForAnotherPerson() => Assert.Equal(
        ["instant", "consumer", "consumer_class", "call", "as_of", "status", "reasons", "decisions", "throughout"],
        Disclosure.Descriptor.Fields.InFieldNumberOrder().Select(field => field.Name));

    [Fact]
    public async Task ListDisclosures_EveryCallThatToldSomething_IsOneAndNothingElse()
    {
        using var housing = _server.Connect("housing");
        using var school = _server.Connect("school");
        var caller = new VerificationService.VerificationServiceClient(housing);
        await caller.BatchVerifyPermitsAsync(new() { Checks = { Calls.Check(Number), Calls.Check("BJ2024000018") } });
        await caller.GetTimelineAsync(new() { PermitNumber = Number });
        await _server.Registry.GetPermitAsync(new() { PermitNumber = Number });
        await _server.Registry.GetProceduresAsync(new() { PermitNumber = Number });
        var refused = Calls.Check(Number);
        refused.Subject = new Subject { IdentityNumber = "110105199003072338" };
        await Calls.ErrorOfAsync(async () => await new VerificationService.VerificationServiceClient(school).VerifyPermitAsync(refused));
        await _server.FindAsync(new() { PermitNumber = Number });
        await _server.RecordedAsync(housing, Calls.Check(Number));
        await _server.Auditor.ListDisclosuresAsync(new() { PermitNumber = Number });

        var disclosures = (await _server.Auditor.ListDisclosuresAsync(new() { PermitNumber = Number })).Disclosures;

        Assert.Equal(
            [
                ("housing", RecordedCall.BatchItem, PermitStatus.Valid),
                ("housing", RecordedCall.Timeline, PermitStatus.Unspecified),
                (TestConsumers.Authority, RecordedCall.PermitRead, PermitStatus.Unspecified),
                (TestConsumers.Authority, RecordedCall.Procedures, PermitStatus.Unspecified),
                ("housing", RecordedCall.Check, PermitStatus.Valid),
            ],
            disclosures.Select(it => (it.Consumer, it.Call, it.Status)));
    }

    [Fact]
    public async Task ListDisclosures_IntervalAndPages_TellEachOnce()
    {
        using var housing = _server.Connect("housing");
        var caller = new VerificationService.VerificationServiceClient(housing);
        for (var i = 0; i < 4; i++)
        {
            await caller.VerifyPermitAsync(Calls.Check(Number));
            _server.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        await _server.RecordedAsync(housing, Calls.Check("BJ2024000018"));
        var request = new ListDisclosuresRequest
        {
            PermitNumber = Number,
            From = Timestamp.FromDateTimeOffset(TestServer.Now.AddSeconds(0.5)),
            To = Timestamp.FromDateTimeOffset(TestServer.Now.AddSeconds(3.5)),
            PageSize = 2,
        };

        var first = await _server.Auditor.ListDisclosuresAsync(request);
        request.PageToken = first.NextPageToken;
        var second = await _server.Auditor.ListDisclosuresAsync(request);

        Assert.Equal((2, 1, string.Empty), (first.Disclosures.Count, second.Disclosures.Count, second.NextPageToken));
        Assert.True(first.Disclosures[0].Instant.ToDateTimeOffset() >= TestServer.Now.AddSeconds(1));
    }

    /// <summary>The token of an auditor's search is not one of these.</summary>
    [Fact]
    public async Task ListDisclosures_BadFields_AreTold()
    {
        Assert.Equal(
            "permit_number:MALFORMED_PERMIT_NUMBER page_size:INVALID_PAGE_SIZE page_token:INVALID_PAGE_TOKEN",
            await Calls.WrongFieldsOfAsync(async () => await _server.Auditor.ListDisclosuresAsync(new() { PageSize = -1, PageToken = "x" })));
        Assert.Equal(
            "to:INVALID_INTERVAL",
            await Calls.WrongFieldsOfAsync(async () => await _server.Auditor.ListDisclosuresAsync(new()
            {
                PermitNumber = Number,
                From = Timestamp.FromDateTimeOffset(TestServer.Now),
                To = Timestamp.FromDateTimeOffset(TestServer.Now),
            })));
    }
}
