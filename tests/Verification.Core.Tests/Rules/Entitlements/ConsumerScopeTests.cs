using Verification.Core.Rules.Codes;
using Verification.Core.Rules.Entitlements;

namespace Verification.Core.Tests.Rules.Entitlements;

public sealed class ConsumerScopeTests
{
    [Fact]
    public void Contains_AnEntitlement_WhenItIsNamed()
    {
        foreach (var named in Enum.GetValues<Entitlement>())
        {
            var scope = new ConsumerScope([named], StandingView.Restricted, "[P]");

            Assert.All(Enum.GetValues<Entitlement>(), entitlement => Assert.Equal(entitlement == named, scope.Contains(entitlement)));
        }
    }

    [Fact]
    public void Create_NoEntitlementOrOneTwice_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => new ConsumerScope([], StandingView.Restricted, "[P]"));
        Assert.Throws<ArgumentException>(() => new ConsumerScope(
            [Entitlement.HomePurchase, Entitlement.DrivingLicence, Entitlement.HomePurchase], StandingView.Restricted, "[P]"));
    }
}
