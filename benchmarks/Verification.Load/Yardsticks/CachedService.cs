using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Verification.Core.Permits;
using Verification.Core.Rules.Verdicts;
using Verification.Load.Questions;
using Codes = Verification.Core.Rules.Codes;
using Contract = Permits.Verification.V1;

namespace Verification.Load.Yardsticks;

/// <summary>(d) The same lookup as most teams would write it: a cache with an expiry in front of the store, the rules behind it.</summary>
internal abstract class CachedService(PermitStore store, VerdictRules rules, TimeProvider clock) : Contract.VerificationService.VerificationServiceBase
{
    /// <inheritdoc/>
    public override async Task<Contract.VerifyPermitResponse> VerifyPermit(Contract.VerifyPermitRequest request, ServerCallContext context)
    {
        if (!PermitNumber.TryParse(request.PermitNumber, out var number))
        {
            throw new RpcException(new Status(StatusCode.InvalidArgument, "permit_number is no permit number."));
        }

        ResidentIdentityNumber? identity = null;
        if (request.Subject?.IdentityNumber is { Length: > 0 } text)
        {
            identity = ResidentIdentityNumber.TryParse(text, out var parsed)
                ? parsed
                : throw new RpcException(new Status(StatusCode.InvalidArgument, "subject.identity_number is no identity number."));
        }

        var scope = store.Rulebook.ScopeOf(ApiKeyInterceptor.ConsumerOf(context));
        var wanted = request.Entitlements.Count == 0
            ? scope.Entitlements
            : [.. request.Entitlements.Select(entitlement => (Codes.Entitlement)entitlement).Distinct()];
        if (!wanted.All(scope.Contains))
        {
            throw new RpcException(new Status(StatusCode.PermissionDenied, "An entitlement is out of scope."));
        }

        var permit = await FindAsync(number, context.CancellationToken);
        var asOf = request.AsOf is { } date ? new DateOnly(date.Year, date.Month, date.Day) : store.Today;
        var role = request.Subject is { Role: not Contract.SubjectRole.Unspecified and var named } ? named : Contract.SubjectRole.Holder;
        var subject = new Subject((SubjectRole)role, identity);
        var verdict = rules.Decide(number, permit.Timeline, asOf, subject, request.HasCardEdition ? request.CardEdition : null, scope.View);
        return new Contract.VerifyPermitResponse
        {
            Verdict = Expectations.Write(verdict, wanted),
            Provenance = new Contract.Provenance
            {
                CheckId = Guid.CreateVersion7().ToString("N"),
                DataAsOf = Timestamp.FromDateTimeOffset(clock.GetUtcNow()),
                RulebookVersion = store.Rulebook.Version,
            },
        };
    }

    /// <summary>Finds a permit in the cache, or loads it.</summary>
    protected abstract ValueTask<CachedPermit> FindAsync(PermitNumber number, CancellationToken cancellationToken);
}
