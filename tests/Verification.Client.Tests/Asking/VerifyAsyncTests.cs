using Permits.Verification.V1;
using Xunit;

namespace Verification.Client.Tests.Asking;

public sealed class VerifyAsyncTests : IAsyncDisposable
{
    private FakeService.FakeService? _service;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task VerifyAsync_EverythingAsked_IsSent()
    {
        VerifyPermitRequest? asked = null;
        using var client = await StartAsync(request =>
        {
            asked = request;
            var answer = Answers.To(request, revision: 5);
            answer.Provenance.RulebookVersion = "2026.1";
            return answer;
        });

        await client.VerifyAsync(
            new PermitCheck("BJ2024D00002")
            {
                Entitlements = [Entitlement.HomePurchase, Entitlement.VehicleLottery],
                Subject = new(SubjectRole.Spouse) { IdentityNumber = "AB123456", Document = IdentityDocument.Passport },
                AsOf = new(2026, 3, 1),
                Through = new(2027, 2, 28),
                CardEdition = 2,
                Reference = "case-7",
                KnownAtRevision = 5,
                RulebookVersion = "2026.1",
            },
            Token);

        Assert.Equal(
            new VerifyPermitRequest
            {
                PermitNumber = "BJ2024D00002",
                Entitlements = { Entitlement.HomePurchase, Entitlement.VehicleLottery },
                Subject = new Subject { Role = SubjectRole.Spouse, IdentityNumber = "AB123456", Document = IdentityDocument.Passport },
                AsOf = new() { Year = 2026, Month = 3, Day = 1 },
                Through = new() { Year = 2027, Month = 2, Day = 28 },
                CardEdition = 2,
                Reference = "case-7",
                KnownAtRevision = 5,
                RulebookVersion = "2026.1",
            },
            asked);
    }

    [Fact]
    public async Task VerifyAsync_NumberAlone_AsksNothingElse()
    {
        VerifyPermitRequest? asked = null;
        using var client = await StartAsync(request => Answers.To(asked = request));

        await client.VerifyAsync("BJ2024D00002", Token);

        Assert.Equal(new VerifyPermitRequest { PermitNumber = "BJ2024D00002" }, asked);
    }

    [Fact]
    public async Task VerifyAsync_Freshness_IsSentAsAsked()
    {
        var asked = new List<Freshness>();
        using var client = await StartAsync(request =>
        {
            asked.Add(request.Freshness);
            return Answers.To(request, revision: 42);
        });

        foreach (var freshness in new[] { PermitFreshness.AtMost(TimeSpan.FromMinutes(2)), PermitFreshness.AtLeast(42), PermitFreshness.FullyConsistent })
            await client.VerifyAsync(new PermitCheck("BJ2024D00002") { Freshness = freshness }, Token);

        Assert.Equal(
            [new() { MaxStaleness = new() { Seconds = 120 } }, new() { AtLeastRevision = 42 }, new Freshness { FullyConsistent = true }],
            asked);
    }

    [Fact]
    public async Task VerifyAsync_FullAnswer_IsReadWhole()
    {
        using var client = await StartAsync(request =>
        {
            var answer = Answers.To(request);
            answer.Verdict = new Verdict
            {
                PermitNumber = "BJ2024D00002",
                Kind = PermitKind.ResidencePermit,
                Status = PermitStatus.Frozen,
                Reasons = { StatusReason.EndorsementMissed },
                AsOf = new() { Year = 2026, Month = 3, Day = 1 },
                StatusSince = new() { Year = 2026, Month = 2, Day = 1 },
                StatusUntil = new() { Year = 2026, Month = 4, Day = 1 },
                IssuedOn = new() { Year = 2020, Month = 1, Day = 1 },
                ExpiresOn = new() { Year = 2026, Month = 2, Day = 2 },
                SubjectMatch = SubjectMatch.Matched,
                CardMatch = CardMatch.Superseded,
                Throughout = new Throughout
                {
                    Through = request.Through,
                    FirstNotValidOn = new() { Year = 2026, Month = 3, Day = 1 },
                    Status = PermitStatus.Frozen,
                },
                Entitlements = { new EntitlementDecision { Entitlement = Entitlement.HomePurchase, Decision = Decision.NotConferred, Basis = Basis.PermitStatus } },
            };
            return answer;
        });

        var verdict = await client.VerifyAsync(new PermitCheck("BJ2024D00002") { AsOf = new(2026, 3, 1), Through = new(2026, 12, 31) }, Token);

        Assert.Equal((PermitKind.ResidencePermit, PermitStatus.Frozen, false, true), (verdict.Kind, verdict.Status, verdict.IsValid, verdict.IsKnown));
        Assert.Equal([StatusReason.EndorsementMissed], verdict.Reasons);
        Assert.Equal(
            (new DateOnly(2026, 3, 1), new DateOnly(2026, 2, 1), new DateOnly(2026, 4, 1), new DateOnly(2020, 1, 1), new DateOnly(2026, 2, 2), (DateOnly?)null),
            (verdict.AsOf, verdict.StatusSince!.Value, verdict.StatusUntil!.Value, verdict.IssuedOn!.Value, verdict.ExpiresOn!.Value, verdict.ValidUntil));
        Assert.Equal((SubjectMatch.Matched, CardMatch.Superseded), (verdict.SubjectMatch, verdict.CardMatch));
        Assert.Equal(new PermitThroughout(new(2026, 12, 31), IsValid: false, new(2026, 3, 1), PermitStatus.Frozen), verdict.Throughout);
        Assert.Equal([new PermitDecision(Entitlement.HomePurchase, Decision.NotConferred, Basis.PermitStatus)], verdict.Decisions);
        Assert.Equal(
            new PermitProvenance
            {
                CheckId = "01a2283a035e732ba5d3f52c162d2af9",
                Revision = 7,
                DataAsOf = new(2026, 11, 30, 0, 0, 0, TimeSpan.Zero),
                RulebookVersion = "2026.2",
            },
            verdict.Provenance);
    }

    [Theory]
    [InlineData(Decision.Conferred, true)]
    [InlineData(Decision.Conditional, false)]
    [InlineData(Decision.NotConferred, false)]
    [InlineData((Decision)99, false)]
    public async Task Allows_ByDecision_IsTrueWhereConferredAlone(Decision decision, bool expected)
    {
        using var client = await StartAsync(request =>
        {
            var answer = Answers.To(request);
            answer.Verdict.Entitlements.Single().Decision = decision;
            return answer;
        });

        var verdict = await client.VerifyAsync(new PermitCheck("BJ2024D00002") { Entitlements = [Entitlement.HomePurchase] }, Token);

        Assert.Equal(expected, verdict.Allows(Entitlement.HomePurchase));
        Assert.Throws<InvalidOperationException>(() => verdict.Allows(Entitlement.VehicleLottery));
    }

    [Theory]
    [InlineData("ｂｊ２０２４ ｄ０－０００２", "BJ2024D00002")]
    [InlineData(" bj2024-d00002 ", "BJ2024D00002")]
    public async Task VerifyAsync_NumberAsTyped_IsAnsweredInCanonicalForm(string typed, string canonical)
    {
        using var client = await StartAsync(request =>
        {
            var answer = Answers.To(request);
            answer.Verdict.PermitNumber = canonical;
            return answer;
        });

        Assert.Equal(canonical, (await client.VerifyAsync(typed, Token)).PermitNumber);
    }

    [Fact]
    public async Task GetTimelineAsync_Segments_AreReadAndFoundByDate()
    {
        using var client = await StartAsync(request => Answers.To(request));
        _service!.Script.Timeline = request => new GetTimelineResponse
        {
            PermitNumber = request.PermitNumber,
            Kind = PermitKind.WorkResidencePermit,
            Segments =
            {
                new TimelineSegment { Until = new() { Year = 2025, Month = 11, Day = 1 }, Status = PermitStatus.NotYetValid },
                new TimelineSegment
                {
                    From = new() { Year = 2025, Month = 11, Day = 1 }, Status = PermitStatus.Valid, Reasons = { StatusReason.InspectionPending },
                },
            },
            Provenance = Answers.To(new VerifyPermitRequest()).Provenance,
        };

        var timeline = await client.GetTimelineAsync("BJ2024D00002", Token);

        Assert.Equal(PermitStatus.NotYetValid, timeline.On(new(2025, 10, 31))!.Status);
        Assert.Equal(PermitStatus.Valid, timeline.On(new(2025, 11, 1))!.Status);
        Assert.Equal([StatusReason.InspectionPending], timeline.Standings[1].Reasons);
        Assert.Equal((null, null), (timeline.Standings[0].From, timeline.Standings[1].Until));
    }

    [Fact]
    public void ToString_WhatHoldsNumbers_ShowsNone()
    {
        const string person = "110105194912310021";
        var check = new PermitCheck(person) { Subject = new() { IdentityNumber = person } };
        var verdict = new PermitVerdict { PermitNumber = person, Status = PermitStatus.NotFound, AsOf = new(2026, 1, 1) };

        Assert.All(
            new object[]
            {
                check, check.Subject!, verdict, new PermitTimelineQuery(person), new PermitTimeline { PermitNumber = person }, new PermitOutcome(0, check, verdict),
            },
            holder => Assert.DoesNotContain(person, holder.ToString(), StringComparison.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        if (_service is not null)
            await _service.DisposeAsync();
    }

    private async Task<PermitVerificationClient> StartAsync(Func<VerifyPermitRequest, VerifyPermitResponse> answer)
    {
        _service = await FakeService.FakeService.StartAsync();
        _service.Script.Verify = answer;
        return new(new() { Address = _service.Address });
    }
}
