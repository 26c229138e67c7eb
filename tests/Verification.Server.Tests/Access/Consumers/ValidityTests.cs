using Verification.Server.Access.Consumers;

namespace Verification.Server.Tests.Access.Consumers;

public sealed class ValidityTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly Validity Hour = new(Noon, Noon.AddHours(1));

    [Fact]
    public void FaultAt_AnInstant_IsHalfOpen()
    {
        Assert.Equal(CredentialFault.NotYetValid, Hour.FaultAt(Noon.AddTicks(-1)));
        Assert.Null(Hour.FaultAt(Noon));
        Assert.Null(Hour.FaultAt(Noon.AddHours(1).AddTicks(-1)));
        Assert.Equal(CredentialFault.Expired, Hour.FaultAt(Noon.AddHours(1)));
        Assert.Equal(CredentialFault.Revoked, (Hour with { IsRevoked = true }).FaultAt(Noon));
        Assert.Null(Validity.Always.FaultAt(DateTimeOffset.MinValue));
    }

    [Fact]
    public void And_TwoTerms_HoldsWhileBothDo()
    {
        var later = new Validity(Noon.AddMinutes(30), Noon.AddHours(2));
        var both = new Validity(Noon.AddMinutes(30), Noon.AddHours(1));

        Assert.Equal(both, Hour.And(later));
        Assert.Equal(both, later.And(Hour));
        Assert.Equal(Hour, Hour.And(Validity.Always));
        Assert.True(Hour.And(later with { IsRevoked = true }).IsRevoked);
        Assert.True((Hour with { IsRevoked = true }).And(later).IsRevoked);
    }
}
