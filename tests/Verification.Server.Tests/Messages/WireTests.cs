using System.Globalization;
using Verification.Audit.Records;
using Verification.Core.Permits;
using Contract = Permits.Verification.V1;
using Registry = Permits.Registry.V1;
using Rules = Verification.Core.Rules;

namespace Verification.Server.Tests.Messages;

/// <summary>The contract's codes have the names and numbers of the core's.</summary>
public sealed class WireTests
{
    [Fact]
    public void Codes_OfContractAndCore_HaveTheSameNumbers()
    {
        AssertSame<Rules.Codes.PermitStatus, Contract.PermitStatus>();
        AssertSame<Rules.Codes.Entitlement, Contract.Entitlement>();
        AssertSame<Rules.Codes.Decision, Contract.Decision>();
        AssertSame<Rules.Codes.Basis, Contract.Basis>();
        AssertSame<Rules.Codes.SubjectMatch, Contract.SubjectMatch>();
        AssertSame<Rules.Codes.CardMatch, Contract.CardMatch>();
        AssertSame<SubjectRole, Contract.SubjectRole>();
        AssertSame<IdentityDocument, Contract.IdentityDocument>();
        AssertSame<Rules.Codes.ConsumerClass, Contract.ConsumerClass>();
        AssertSame<AuditCall, Contract.RecordedCall>();
        AssertSame<PermitKind, Contract.PermitKind>();
        AssertSame<InspectionChannel, Registry.InspectionChannel>();
        AssertSame<RetentionProcedure, Registry.RetentionProcedure>();
    }

    [Fact]
    public void Reasons_OfContractAndCore_StandInTheSameOrder() =>
        Assert.Equal(
            Enum.GetValues<Rules.Codes.StatusReasons>().Skip(1).Select(reason => (1 + int.TrailingZeroCount((int)reason), reason.ToString())),
            Enum.GetValues<Contract.StatusReason>().Skip(1).Select(reason => ((int)reason, reason.ToString())));

    private static void AssertSame<TCore, TContract>()
        where TCore : struct, Enum
        where TContract : struct, Enum =>
        Assert.Equal(Named<TCore>(), Named<TContract>());

    /// <summary>Zero is left out: the core's "none" is the contract's "unspecified".</summary>
    private static IEnumerable<(int Number, string Name)> Named<TEnum>()
        where TEnum : struct, Enum =>
        from value in Enum.GetValues<TEnum>()
        let number = Convert.ToInt32(value, CultureInfo.InvariantCulture)
        where number != 0
        orderby number
        select (number, value.ToString());
}
