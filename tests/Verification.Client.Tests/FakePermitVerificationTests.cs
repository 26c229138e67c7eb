using Grpc.Core;
using Permits.Verification.V1;
using Xunit;

namespace Verification.Client.Tests;

public sealed class FakePermitVerificationTests
{
    private readonly FakePermitVerification _permits = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Knows_Permit_IsAnsweredInAnyFormOfItsNumber()
    {
        _permits.Knows("BJ2024D00001", PermitStatus.Valid, Entitlement.HomePurchase);

        var verdict = await _permits.VerifyAsync("bj2024-d00001", Token);

        Assert.Equal(("BJ2024D00001", true, new DateOnly(2026, 1, 15)), (verdict.PermitNumber, verdict.IsValid, verdict.AsOf));
        Assert.True(verdict.Allows(Entitlement.HomePurchase));
        Assert.False(verdict.Allows(Entitlement.VehicleLottery));
        Assert.Equal(["bj2024-d00001"], _permits.Asked.Select(check => check.PermitNumber));
    }

    [Fact]
    public async Task Knows_FrozenPermit_AllowsNothing()
    {
        _permits.Knows("BJ2024D00001", PermitStatus.Frozen, Entitlement.HomePurchase);

        var verdict = await _permits.VerifyAsync(new PermitCheck("BJ2024D00001") { Entitlements = [Entitlement.HomePurchase], Through = new(2026, 12, 31) }, Token);

        Assert.False(verdict.Allows(Entitlement.HomePurchase));
        Assert.Equal(new PermitThroughout(new(2026, 12, 31), IsValid: false, new(2026, 1, 15), PermitStatus.Frozen), verdict.Throughout);
    }

    [Fact]
    public async Task Any_OtherNumber_IsUnknown()
    {
        var verdict = await _permits.VerifyAsync("BJ2024D00009", Token);

        Assert.Equal((PermitStatus.NotFound, false), (verdict.Status, verdict.Allows(Entitlement.HomePurchase)));
        Assert.False((await _permits.GetTimelineAsync("BJ2024D00009", Token)).IsKnown);
    }

    [Fact]
    public async Task CannotTell_Permit_Throws()
    {
        _permits.CannotTell("BJ2024D00001");

        var exception = await Assert.ThrowsAsync<PermitVerificationException>(() => _permits.VerifyAsync("BJ2024D00001", Token));

        Assert.Equal((VerificationReasons.RegistryUnavailable, true), (exception.Reason, exception.CouldNotTell));
    }

    [Fact]
    public async Task VerifyManyAsync_AsTheServiceDoes_TellsFaultsAndThrowsWhatNobodyCanTell()
    {
        _permits.Knows("BJ2024D00001", PermitStatus.Valid);
        _permits.Fails("BJ2024D00002", StatusCode.PermissionDenied, VerificationReasons.EntitlementOutOfScope);
        _permits.CannotTell("BJ2024D00003");
        var outcomes = new List<PermitOutcome>();

        await Assert.ThrowsAsync<PermitVerificationException>(async () =>
        {
            await foreach (var outcome in _permits.VerifyManyAsync(["BJ2024D00001", "BJ2024D00002", "BJ2024D00003"], cancellationToken: Token))
                outcomes.Add(outcome);
        });

        Assert.Equal([(0L, true), (1L, false)], outcomes.Select(outcome => (outcome.Index, outcome.IsAnswered)));
        Assert.Equal(3, _permits.Asked.Count);
    }

    [Fact]
    public async Task GetCheckAsync_RecordThatItHas_IsShownAndOthersAreUnknown()
    {
        _permits.HasRecord(new() { CheckId = "01a2283a035e732ba5d3f52c162d2af9", Instant = DateTimeOffset.UnixEpoch });

        Assert.Equal(DateTimeOffset.UnixEpoch, (await _permits.GetCheckAsync("01A2283A035E732BA5D3F52C162D2AF9", Token)).Instant);
        var exception = await Assert.ThrowsAsync<PermitVerificationException>(() => _permits.GetCheckAsync("01a2283a035e732ba5d3f52c162d2af0", Token));
        Assert.Equal((VerificationReasons.CheckUnknown, false), (exception.Reason, exception.CouldNotTell));
    }

    [Fact]
    public async Task GetRulebookAsync_VersionThatItHasNot_IsUnknown()
    {
        _permits.Rulebook = new() { Version = "2026.2" };

        Assert.Equal(("2026.2", "2026.2"), ((await _permits.GetRulebookAsync(null, Token)).Version, (await _permits.GetRulebookAsync("2026.2", Token)).Version));
        var exception = await Assert.ThrowsAsync<PermitVerificationException>(() => _permits.GetRulebookAsync("2026.1", Token));
        Assert.Equal(VerificationReasons.RulebookUnknown, exception.Reason);
    }

    [Fact]
    public async Task GetCallerAsync_UnlessToldOtherwise_MaySeeEverything()
    {
        var caller = await _permits.GetCallerAsync(Token);

        Assert.Equal(("test", Enum.GetValues<Entitlement>().Length - 1), (caller.Consumer, caller.Entitlements.Count));
    }
}
