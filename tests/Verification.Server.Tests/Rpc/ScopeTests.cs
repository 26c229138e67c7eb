using Grpc.Core;
using Permits.Verification.V1;
using Verification.Core.Permits;
using Verification.Core.Rules;
using Verification.Server.Rpc;
using Verification.Server.Tests.Support;
using Contract = Permits.Verification.V1;
using Entitlement = Verification.Core.Rules.Entitlement;

namespace Verification.Server.Tests.Rpc;

public sealed class ScopeTests
{
    private static readonly Asker School = new("school", StandingView.Restricted, [Entitlement.SchoolEnrollment]);

    [Fact]
    public async Task Verify_EntitlementOutOfScope_IsDeniedBeforeTheRegistryIsAsked()
    {
        var verifier = new Verifier(new UnavailableRegistry(), new IdentityDigester(new byte[32]), TimeProvider.System);
        var check = new VerifyPermitRequest
        {
            PermitNumber = "BJ2024000017",
            Entitlements = { Contract.Entitlement.SchoolEnrollment, Contract.Entitlement.HomePurchase },
        };

        var error = await Calls.ErrorOfAsync(() => verifier.VerifyAsync(check, School, CancellationToken.None));

        Assert.Equal((StatusCode.PermissionDenied, "ENTITLEMENT_OUT_OF_SCOPE"), error);
    }
}
