using Grpc.Core;
using Microsoft.Extensions.Logging.Abstractions;
using Permits.Verification.V1;
using Verification.Caching;
using Verification.Core.Permits;
using Verification.Core.Rules.Rulebooks;
using Verification.Server.Auditing;
using Verification.Server.Checks;
using Verification.Server.Errors;
using Verification.Server.Limits;
using Verification.Server.Telemetry;
using Verification.Server.Tests.Support;
using ConsumerClass = Verification.Core.Rules.Codes.ConsumerClass;
using Contract = Permits.Verification.V1;

namespace Verification.Server.Tests.Checks;

public sealed class ScopeTests
{
    [Fact]
    public async Task Verify_EntitlementOutOfScope_IsDeniedBeforeTheRegistryIsAsked()
    {
        var limits = new ServerLimits();
        using var inFlight = new ChecksInFlight(limits);
        var lookup = new BoundedLookup(DoubleOfLookup.ThatFails(new InvalidOperationException("Touched.")), inFlight, limits);
        var registry = new UnavailableRegistry();
        await using var node = new RegistryNode(
            registry, registry, new CachingOptions(), RulebookLibrary.Embedded, TimeProvider.System, NullLoggerFactory.Instance);
        var trail = new NoTrail();
        await using var records = new RefusalRecords(trail, TimeProvider.System);
        using var refusals = new Refusals(records);
        var verifier = new Verifier(
            lookup,
            new Inquiries(RulebookLibrary.Embedded, new Days(node.Readiness), TimeProvider.System, new CallMarks(new())),
            new CheckReader(new IdentityDigester(new byte[32])),
            trail,
            refusals,
            NullLogger<Verifier>.Instance);
        var check = new VerifyPermitRequest
        {
            PermitNumber = "BJ2024000017",
            Entitlements = { Contract.Entitlement.SchoolEnrollment, Contract.Entitlement.HomePurchase },
        };

        var error = await Calls.ErrorOfAsync(() => verifier.VerifyAsync(
            check, TestConsumers.Asker(ConsumerClass.School), new CallTime(DateTime.MaxValue, CancellationToken.None)));

        Assert.Equal((StatusCode.PermissionDenied, "ENTITLEMENT_OUT_OF_SCOPE"), error);
    }
}
