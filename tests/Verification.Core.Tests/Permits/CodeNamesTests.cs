using Verification.Core.Permits;
using Verification.Core.Rules.Codes;

namespace Verification.Core.Tests.Permits;

public sealed class CodeNamesTests
{
    public static TheoryData<Type> Codes => [.. new[]
    {
        typeof(PermitKind), typeof(SubjectRole), typeof(InspectionChannel), typeof(RetentionProcedure), typeof(RejectCode),
        typeof(PermitStatus), typeof(Entitlement), typeof(Decision), typeof(Basis), typeof(SubjectMatch), typeof(CardMatch), typeof(ConsumerClass),
    }];

    /// <summary>The numbers stand in stored digests and in the contract: from 1, in the order of the policy, none left out.</summary>
    [Theory]
    [MemberData(nameof(Codes))]
    public void Numbers_OfACode_CountFromOne(Type code)
    {
        var numbers = Enum.GetValuesAsUnderlyingType(code).Cast<byte>().Where(number => number != 0).ToArray();

        Assert.Equal(Enumerable.Range(1, numbers.Length), numbers.Select(number => (int)number));
    }

    [Fact]
    public void Bits_OfReasons_StandOneAfterTheOther()
    {
        var reasons = Enum.GetValues<StatusReasons>().Where(reason => reason != StatusReasons.None).ToArray();

        Assert.Equal(Enumerable.Range(0, reasons.Length).Select(bit => 1 << bit), reasons.Select(reason => (int)reason));
    }

    [Fact]
    public void NameOf_EveryCode_IsThePolicysSpelling()
    {
        Assert.Equal("OWNER_OCCUPIED_HOUSING_LOTTERY", CodeNames.NameOf(Entitlement.OwnerOccupiedHousingLottery));
        Assert.Equal("NOT_YET_VALID", CodeNames.NameOf(PermitStatus.NotYetValid));
        Assert.Equal("NO_PERMIT_CONFERS", CodeNames.NameOf(Basis.NoPermitConfers));
    }

    [Fact]
    public void NameOfAndWordOf_EveryValue_AreReadBack() => Assert.All(Enum.GetValues<RejectCode>(), code =>
    {
        Assert.True(CodeNames.TryParse<RejectCode>(CodeNames.NameOf(code), out var named));
        Assert.True(CodeNames.TryParseWord<RejectCode>(CodeNames.WordOf(code), out var worded));
        Assert.Equal((code, code), (named, worded));
    });

    [Fact]
    public void Words_OfAnEnum_StandInOrderWithoutNone()
    {
        Assert.Equal(
            ["work_residence_permit", "residence_permit", "residence_registration_card", "temporary_residence_permit", "employer_registration"],
            CodeNames.Words<PermitKind>());
        Assert.False(CodeNames.TryParseWord<PermitKind>("none", out _));
        Assert.Throws<KeyNotFoundException>(() => CodeNames.WordOf(PermitKind.None));
        Assert.Equal("NONE", CodeNames.NameOf(PermitKind.None));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Online")]
    [InlineData("ONLINE")]
    [InlineData(" online")]
    [InlineData("1")]
    public void TryParseWord_OtherSpelling_IsNoWord(string? word) => Assert.False(CodeNames.TryParseWord<InspectionChannel>(word, out _));
}
