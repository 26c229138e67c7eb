using Grpc.Core;
using Permits.Verification.V1;
using Xunit;

namespace Verification.Client.Tests.Asking;

/// <summary>A service that answers something else than it was asked: never a verdict, whatever is crossed.</summary>
public sealed class AnswerCheckTests
{
    private static readonly PermitCheck Asked = new("BJ2024D00002")
    {
        Entitlements = [Entitlement.HomePurchase, Entitlement.VehicleLottery],
        AsOf = new(2026, 3, 1),
        Through = new(2026, 12, 31),
        KnownAtRevision = 5,
        RulebookVersion = "2026.1",
    };

    public static TheoryData<string, Action<VerifyPermitResponse>> Crossed => new()
    {
        { "another number", answer => answer.Verdict.PermitNumber = "BJ2024D00003" },
        { "no number", answer => answer.Verdict.PermitNumber = "" },
        { "another date", answer => answer.Verdict.AsOf.Day = 2 },
        { "no date", answer => answer.Verdict.AsOf = null },
        { "no real date", answer => answer.Verdict.AsOf.Day = 32 },
        { "another last day", answer => answer.Verdict.Throughout.Through.Day = 30 },
        { "no last day", answer => answer.Verdict.Throughout = null },
        { "fewer entitlements", answer => answer.Verdict.Entitlements.RemoveAt(1) },
        { "other entitlements", answer => answer.Verdict.Entitlements[1].Entitlement = Entitlement.DrivingLicence },
        { "conferred though not valid throughout", answer => answer.Verdict.Throughout.Valid = false },
        { "no status", answer => answer.Verdict.Status = PermitStatus.Unspecified },
        { "no verdict", answer => answer.Verdict = null },
        { "no provenance", answer => answer.Provenance = null },
        { "another revision", answer => answer.Provenance.Revision = 6 },
        { "another rulebook", answer => answer.Provenance.RulebookVersion = "2026.2" },
    };

    [Theory]
    [MemberData(nameof(Crossed))]
    public async Task VerifyAsync_AnswerToAnotherQuestion_IsNone(string what, Action<VerifyPermitResponse> cross)
    {
        Assert.NotEmpty(what);
        await using var service = await FakeService.FakeService.StartAsync();
        service.Script.Verify = request =>
        {
            var answer = Right(request);
            cross(answer);
            return answer;
        };
        using var client = new PermitVerificationClient(new() { Address = service.Address });

        var exception = await Assert.ThrowsAsync<PermitVerificationException>(
            () => client.VerifyAsync(Asked, TestContext.Current.CancellationToken));

        Assert.Equal(
            (VerificationReasons.AnswerMismatch, VerificationFault.ClientDomain, StatusCode.DataLoss, true),
            (exception.Reason, exception.Fault.Domain, exception.Fault.StatusCode, exception.CouldNotTell));
        Assert.DoesNotContain("BJ2024", exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task VerifyAsync_AnswerToTheQuestion_IsTaken()
    {
        await using var service = await FakeService.FakeService.StartAsync();
        service.Script.Verify = Right;
        using var client = new PermitVerificationClient(new() { Address = service.Address });

        Assert.True((await client.VerifyAsync(Asked, TestContext.Current.CancellationToken)).Allows(Entitlement.VehicleLottery));
    }

    [Theory]
    [InlineData(41, false)]
    [InlineData(42, true)]
    [InlineData(43, true)]
    public async Task VerifyAsync_AtLeastRevision_TakesThatOrLater(long told, bool isTaken)
    {
        await using var service = await FakeService.FakeService.StartAsync();
        service.Script.Verify = request => Answers.To(request, told);
        using var client = new PermitVerificationClient(new() { Address = service.Address });
        var check = new PermitCheck("BJ2024D00002") { Freshness = PermitFreshness.AtLeast(42) };

        var exception = await Record.ExceptionAsync(() => client.VerifyAsync(check, TestContext.Current.CancellationToken));

        Assert.Equal(isTaken, exception is null);
    }

    private static VerifyPermitResponse Right(VerifyPermitRequest request)
    {
        var answer = Answers.To(request, revision: 5);
        answer.Provenance.RulebookVersion = "2026.1";
        return answer;
    }
}
