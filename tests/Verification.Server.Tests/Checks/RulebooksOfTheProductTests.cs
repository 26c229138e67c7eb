using System.Security.Cryptography;
using Google.Protobuf;
using Permits.Verification.V1;
using Verification.Server.Tests.Support;
using static Verification.Server.Tests.Support.Calls;

namespace Verification.Server.Tests.Checks;

/// <summary>Rulebook 2026.2 beside 2026.1, whose answers stay what they were.</summary>
public sealed class RulebooksOfTheProductTests : IAsyncLifetime
{
    private const string Employer = "9111000000DEMO017";

    /// <summary>What the version before 2026.2 answered to GetRulebook, byte for byte.</summary>
    private const string FirstRulebook = "873e7bf00ab911dfbef9b6c6dad028cc7f1587ecf1213926d3764c03eb388d20";

    private TestServer _server = null!;

    private static string EmployerNumber { get; } = "91110000DEM000017" + Core.Permits.SocialCreditCode.CheckCharacterOf("91110000DEM000017");

    public async ValueTask InitializeAsync() => _server = await TestServer.StartAsync(
        now: new DateTimeOffset(2026, 12, 1, 4, 0, 0, TimeSpan.Zero), args: ["--Verification:Consumers:authority:Roles:3=audit"]);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task GetRulebook_OfTheFirst_IsByteForByteWhatItWas()
    {
        var answer = await _server.Permits.GetRulebookAsync(new() { Version = "2026.1" });

        Assert.Equal(FirstRulebook, Convert.ToHexStringLower(SHA256.HashData(answer.ToByteArray())));
    }

    [Fact]
    public async Task GetRulebook_OfToday_HasChangedCellsByTheirDatesAndTheProcedures()
    {
        var rulebook = (await _server.Permits.GetRulebookAsync(new())).Rulebook;

        Assert.Equal(("2026.2", 16), (rulebook.Version, rulebook.Procedures.Count));
        Assert.All(rulebook.Procedures.SelectMany(procedure => procedure.Materials), material => Assert.NotEmpty(material.TextZh));
        var changed = rulebook.Entitlements.Where(rule => rule.From is not null).ToArray();
        Assert.Equal(
            [Entitlement.OverseasBusinessTravel, Entitlement.VehicleRegistration, Entitlement.ProfessionalQualification],
            changed.Where(rule => rule is { Role: SubjectRole.Holder, Decision: not Decision.NotConferred }).Select(rule => rule.Entitlement));
        Assert.All(changed, rule => Assert.Equal((PermitKind.ResidencePermit, Date("2016-01-01")), (rule.Kind, rule.From)));
        Assert.Contains(rulebook.Entitlements, rule => rule is
        {
            Kind: PermitKind.EmployerRegistration, Entitlement: Entitlement.EmployerFiling, Basis: Basis.RegisteredEmployer,
        });
    }

    [Fact]
    public async Task Verify_EmployerRegistration_IsKnownUnderTheSecondRulebookAlone()
    {
        var issued = Issued(EmployerNumber, "2025-05-01", PermitKind.EmployerRegistration, holder: "110105199003072338");
        await _server.RecordAsync(issued);

        var now = await _server.VerdictAsync(Check(EmployerNumber));
        var first = await _server.VerdictAsync(new() { PermitNumber = EmployerNumber, RulebookVersion = "2026.1", Through = Date("2026-12-02") });
        var filing = new VerifyPermitRequest { PermitNumber = EmployerNumber, AsOf = Date("2025-06-01"), Entitlements = { Entitlement.EmployerFiling } };

        Assert.Equal((PermitKind.EmployerRegistration, PermitStatus.Frozen, 18), (now.Kind, now.Status, now.Entitlements.Count));
        Assert.Equal((PermitKind.Unspecified, PermitStatus.NotFound, 17), (first.Kind, first.Status, first.Entitlements.Count));
        Assert.Equal(Date("2026-12-01"), first.Throughout.FirstNotValidOn);
        Assert.Equal((Decision.Conferred, Basis.RegisteredEmployer), Only(await _server.VerdictAsync(filing)));
        Assert.Empty((await _server.Permits.GetTimelineAsync(new() { PermitNumber = EmployerNumber, RulebookVersion = "2026.1" })).Segments);
    }

    /// <summary>Named, it is decided under the first rulebook too; a housing registry may name it under none.</summary>
    [Fact]
    public async Task Verify_EmployerFilingNamedUnderTheFirstRulebook_IsNotOfThisKind()
    {
        await _server.RecordAsync(Issued("BJ2024000017", "2026-05-01"));
        var check = new VerifyPermitRequest
        {
            PermitNumber = "BJ2024000017",
            RulebookVersion = "2026.1",
            AsOf = Date("2026-06-01"),
            Entitlements = { Entitlement.EmployerFiling },
        };

        Assert.Equal((Decision.NotConferred, Basis.PermitKind), Only(await _server.VerdictAsync(check)));
        check.AsOf = Date("2026-04-01");
        Assert.Equal((Decision.NotConferred, Basis.PermitStatus), Only(await _server.VerdictAsync(check)));

        using var channel = _server.Connect("housing");
        check.RulebookVersion = string.Empty;
        Assert.Equal(
            (Grpc.Core.StatusCode.PermissionDenied, "ENTITLEMENT_OUT_OF_SCOPE"),
            await ErrorOfAsync(async () => await new VerificationService.VerificationServiceClient(channel).VerifyPermitAsync(check)));
    }

    [Fact]
    public async Task RecordEvent_EmployerRegistrationByAnotherNumber_IsRefused() => Assert.Equal(
        (Grpc.Core.StatusCode.InvalidArgument, "MALFORMED_PERMIT_NUMBER"),
        await ErrorOfAsync(() => _server.RecordAsync(Issued(Employer, "2026-05-01", PermitKind.EmployerRegistration))));

    private static (Decision, Basis) Only(Verdict verdict) => (Assert.Single(verdict.Entitlements).Decision, verdict.Entitlements[0].Basis);
}
