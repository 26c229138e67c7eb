using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Permits.Verification.V1;
using Verification.Server.Tests.Support;

namespace Verification.Server.Tests.Checks;

public sealed class VerifyPermitTests
{
    private const string Number = "BJ2024000017";
    private const string Holder = "110105199003072338";

    [Fact]
    public async Task VerifyPermit_KnownPermit_AnswersVerdictAndProvenance()
    {
        await using var server = await TestServer.StartAsync();
        await server.RecordAsync(Calls.Issued(Number, "2025-05-01", holder: Holder));

        var response = await server.Permits.VerifyPermitAsync(
            new VerifyPermitRequest
            {
                PermitNumber = "bj-2024 000017",
                Entitlements = { Entitlement.HomePurchase, Entitlement.PointsSettlement, Entitlement.HomePurchase },
                Subject = new Subject { IdentityNumber = Holder },
                CardEdition = 1,
                Freshness = new Freshness { MaxStaleness = Duration.FromTimeSpan(TimeSpan.FromHours(3)) },
            });

        var verdict = response.Verdict;
        Assert.Equal(Number, verdict.PermitNumber);
        Assert.Equal(PermitKind.WorkResidencePermit, verdict.Kind);
        Assert.Equal(PermitStatus.Valid, verdict.Status);
        Assert.Equal(Calls.Date(2026, 3, 10), verdict.AsOf);
        Assert.Equal(Calls.Date(2025, 5, 1), verdict.StatusSince);
        Assert.Equal(Calls.Date(2026, 4, 1), verdict.StatusUntil);
        Assert.Equal(Calls.Date(2027, 5, 1), verdict.ExpiresOn);
        Assert.Equal(SubjectMatch.Matched, verdict.SubjectMatch);
        Assert.Equal(CardMatch.Current, verdict.CardMatch);
        Assert.Equal(
            [(Entitlement.HomePurchase, Decision.Conferred), (Entitlement.PointsSettlement, Decision.NotConferred)],
            verdict.Entitlements.Select(decision => (decision.Entitlement, decision.Decision)));
        Assert.Equal(32, response.Provenance.CheckId.Length);
        Assert.Equal(1, response.Provenance.Revision);
        Assert.Equal(TestServer.Now, response.Provenance.DataAsOf.ToDateTimeOffset());
        Assert.Equal(Source.Registry, response.Provenance.Source);
        Assert.Equal("2026.1", response.Provenance.RulebookVersion);
    }

    [Fact]
    public async Task VerifyPermit_FullWidthNumber_IsRead()
    {
        await using var server = await TestServer.StartAsync();
        await server.RecordAsync(Calls.Issued(Number, "2025-05-01"));

        var verdict = await server.VerdictAsync(Calls.Check("ＢＪ２０２４０００017"));

        Assert.Equal((Number, PermitStatus.Valid), (verdict.PermitNumber, verdict.Status));
        Assert.Equal(17, verdict.Entitlements.Count);
    }

    [Fact]
    public async Task VerifyPermit_UnknownPermit_AnswersNotFound()
    {
        await using var server = await TestServer.StartAsync();

        var verdict = await server.VerdictAsync(Calls.Check(Number));

        Assert.Equal((PermitStatus.NotFound, PermitKind.Unspecified), (verdict.Status, verdict.Kind));
        Assert.All(verdict.Entitlements, decision => Assert.Equal(Basis.PermitStatus, decision.Basis));
    }

    [Fact]
    public async Task VerifyPermit_KnownAtRevision_AnswersAsThen()
    {
        await using var server = await TestServer.StartAsync();
        await server.RecordAsync(Calls.Issued(Number, "2025-05-01"));
        await server.RecordAsync(new() { PermitNumber = Number, On = Calls.Date(2026, 3, 1), Cancelled = new() });

        var then = await server.Permits.VerifyPermitAsync(new() { PermitNumber = Number, KnownAtRevision = 1 });
        var before = await server.Permits.VerifyPermitAsync(new() { PermitNumber = Number, KnownAtRevision = 0 });
        var now = await server.Permits.VerifyPermitAsync(
            new() { PermitNumber = Number, Freshness = new Freshness { AtLeastRevision = 2 } });

        Assert.Equal((PermitStatus.Valid, 1), (then.Verdict.Status, then.Provenance.Revision));
        Assert.Equal((PermitStatus.NotFound, 0), (before.Verdict.Status, before.Provenance.Revision));
        Assert.Equal((PermitStatus.Cancelled, 2), (now.Verdict.Status, now.Provenance.Revision));
    }

    [Theory]
    [InlineData("")]
    [InlineData("BJ202")]
    [InlineData("BJ20240000171234567890123")]
    [InlineData("BJ2024🏠0017")]
    public async Task VerifyPermit_MalformedNumber_IsInvalid(string number)
    {
        await using var server = await TestServer.StartAsync();

        var error = await Calls.ErrorOfAsync(() => server.VerdictAsync(Calls.Check(number)));

        Assert.Equal((StatusCode.InvalidArgument, "MALFORMED_PERMIT_NUMBER"), error);
    }

    [Fact]
    public async Task VerifyPermit_AsManyWrongFieldsAsThereCanBe_IsAnErrorThatFitsIntoTrailers()
    {
        await using var server = await TestServer.StartAsync();
        var check = Calls.Check(Number);
        check.Entitlements.Add(Enumerable.Repeat((Entitlement)99, typeof(Entitlement).GetEnumValues().Length - 1));

        var error = await Calls.ErrorOfAsync(() => server.VerdictAsync(check));

        Assert.Equal((StatusCode.InvalidArgument, "UNKNOWN_VALUE"), error);
    }

    public static TheoryData<string, Action<VerifyPermitRequest>> WrongFields => new()
    {
        { "as_of:MALFORMED_DATE", check => check.AsOf = Calls.Date(2023, 2, 29) },
        { "as_of:MALFORMED_DATE", check => check.AsOf = Calls.Date(0, 2, 2) },
        { "as_of:MALFORMED_DATE", check => check.AsOf = Calls.Date(2024, 2, 0) },
        { "as_of:DATE_OUT_OF_RANGE", check => check.AsOf = Calls.Date(1999, 12, 31) },
        { "as_of:DATE_OUT_OF_RANGE", check => check.AsOf = Calls.Date(2031, 3, 11) },
        { "card_edition:INVALID_CARD_EDITION", check => check.CardEdition = 0 },
        { "entitlements[1]:UNKNOWN_VALUE", check => check.Entitlements.Add([Entitlement.HomePurchase, (Entitlement)99]) },
        { "entitlements[0]:UNKNOWN_VALUE", check => check.Entitlements.Add(Entitlement.Unspecified) },
        { "subject.role:UNKNOWN_VALUE", check => check.Subject = new Subject { Role = (SubjectRole)99 } },
        { "subject.role:UNKNOWN_VALUE", check => check.Subject = new Subject { Role = (SubjectRole)(-1) } },
        { "subject.identity_number:MALFORMED_IDENTITY_NUMBER", check => check.Subject = new Subject { IdentityNumber = "110105199003072339" } },
        { "freshness.max_staleness:INVALID_FRESHNESS", check => check.Freshness = new Freshness { MaxStaleness = new Duration { Seconds = -1 } } },
        { "freshness.max_staleness:INVALID_FRESHNESS", check => check.Freshness = new Freshness { MaxStaleness = new Duration { Seconds = 1, Nanos = -1 } } },
        { "freshness.max_staleness:INVALID_FRESHNESS", check => check.Freshness = new Freshness { MaxStaleness = new Duration { Nanos = 1_000_000_000 } } },
        { "freshness.fully_consistent:INVALID_FRESHNESS", check => check.Freshness = new Freshness { FullyConsistent = false } },
        { "freshness.at_least_revision:INVALID_FRESHNESS", check => check.Freshness = new Freshness { AtLeastRevision = -1 } },
        { "known_at_revision:INVALID_REVISION", check => check.KnownAtRevision = -1 },
    };

    [Theory]
    [MemberData(nameof(WrongFields), DisableDiscoveryEnumeration = true)]
    public async Task VerifyPermit_WrongField_IsNamed(string expected, Action<VerifyPermitRequest> spoil)
    {
        await using var server = await TestServer.StartAsync();
        var check = Calls.Check(Number);
        spoil(check);

        Assert.Equal(expected, await Calls.WrongFieldsOfAsync(() => server.VerdictAsync(check)));
    }

    [Fact]
    public async Task VerifyPermit_ManyWrongFields_AreAllNamed()
    {
        await using var server = await TestServer.StartAsync();
        var check = new VerifyPermitRequest { PermitNumber = "?", CardEdition = -3, AsOf = Calls.Date(2023, 13, 1) };

        Assert.Equal(
            "permit_number:MALFORMED_PERMIT_NUMBER as_of:MALFORMED_DATE card_edition:INVALID_CARD_EDITION",
            await Calls.WrongFieldsOfAsync(() => server.VerdictAsync(check)));
        Assert.Equal((StatusCode.InvalidArgument, "INVALID_FIELDS"), await Calls.ErrorOfAsync(() => server.VerdictAsync(check)));
    }

    [Fact]
    public async Task VerifyPermit_LastDatesAllowed_AreAnswered()
    {
        await using var server = await TestServer.StartAsync();

        await server.VerdictAsync(new() { PermitNumber = Number, AsOf = Calls.Date(2000, 1, 1) });
        await server.VerdictAsync(new() { PermitNumber = Number, AsOf = Calls.Date(2031, 3, 10) });
    }

    [Fact]
    public async Task VerifyPermit_RevisionBeyondHead_IsUnknown()
    {
        await using var server = await TestServer.StartAsync();
        var known = new VerifyPermitRequest { PermitNumber = Number, KnownAtRevision = 1 };
        var fresh = new VerifyPermitRequest { PermitNumber = Number, Freshness = new Freshness { AtLeastRevision = 1 } };

        Assert.Equal((StatusCode.OutOfRange, "REVISION_UNKNOWN"), await Calls.ErrorOfAsync(() => server.VerdictAsync(known)));
        Assert.Equal((StatusCode.OutOfRange, "REVISION_UNKNOWN"), await Calls.ErrorOfAsync(() => server.VerdictAsync(fresh)));
    }

    [Fact]
    public async Task VerifyPermit_MessageOfFiveMegabytes_IsRefusedAndServerGoesOn()
    {
        await using var server = await TestServer.StartAsync();

        var error = await Assert.ThrowsAsync<RpcException>(() => server.VerdictAsync(Calls.Check(new string('9', 5 << 20))));

        Assert.Equal(StatusCode.ResourceExhausted, error.StatusCode);
        Assert.Equal("MESSAGE_TOO_LARGE", error.GetRpcStatus()!.GetDetail<Google.Rpc.ErrorInfo>()!.Reason);
        Assert.Equal(PermitStatus.NotFound, (await server.VerdictAsync(Calls.Check(Number))).Status);
    }

    [Fact]
    public async Task GetTimeline_KnownAndUnknownPermit_AnswersSegments()
    {
        await using var server = await TestServer.StartAsync();
        await server.RecordAsync(Calls.Issued("GJ2024000017", "2026-01-01", PermitKind.ResidenceRegistrationCard));

        var known = await server.Permits.GetTimelineAsync(new() { PermitNumber = "GJ2024000017" });
        var unknown = await server.Permits.GetTimelineAsync(new() { PermitNumber = Number });

        Assert.Equal(
            [PermitStatus.NotYetValid, PermitStatus.Valid, PermitStatus.Valid, PermitStatus.Expired, PermitStatus.Expired],
            known.Segments.Select(segment => segment.Status));
        Assert.Null(known.Segments[0].From);
        Assert.Equal(Calls.Date(2026, 1, 1), known.Segments[0].Until);
        Assert.Equal(Calls.Date(2026, 8, 1), known.Segments[^1].From);
        Assert.Equal([StatusReason.Lapsed], known.Segments[^1].Reasons);
        Assert.Null(known.Segments[^1].Until);
        Assert.Equal(1, known.Provenance.Revision);
        Assert.Equal((PermitKind.Unspecified, 0), (unknown.Kind, unknown.Segments.Count));
    }

    [Fact]
    public async Task GetRulebook_TodaysAndUnknownVersion_AnswersAndRefuses()
    {
        await using var server = await TestServer.StartAsync();

        var rulebook = (await server.Permits.GetRulebookAsync(new())).Rulebook;
        var error = await Calls.ErrorOfAsync(async () => await server.Permits.GetRulebookAsync(new() { Version = "1" }));

        Assert.Equal("2026.1", rulebook.Version);
        Assert.Equal(4 * 4 * 17, rulebook.Entitlements.Count);
        Assert.Contains("applied_on", rulebook.Parameters.Single(parameter => parameter.Name == "work_residence_permit.term").Description, StringComparison.Ordinal);
        Assert.NotEmpty(rulebook.Remedies);
        Assert.DoesNotContain(rulebook.Remedies, remedy => remedy.Reason == StatusReason.Unspecified);
        Assert.Equal((StatusCode.NotFound, "RULEBOOK_UNKNOWN"), error);
    }
}
