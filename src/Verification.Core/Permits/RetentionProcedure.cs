namespace Verification.Core.Permits;

/// <summary>A procedure for which the bureau retains the card 暂时留置 (policy §3).</summary>
public enum RetentionProcedure : byte
{
    /// <summary>Renewal 续签.</summary>
    Renewal = 1,

    /// <summary>Change of employer 聘用单位变更.</summary>
    EmployerChange = 2,

    /// <summary>Change of address.</summary>
    AddressChange = 3,

    /// <summary>Change of accompanying family 随往人员变更.</summary>
    DependantChange = 4,

    /// <summary>Change of other particulars.</summary>
    InformationChange = 5,

    /// <summary>Reissue 补办.</summary>
    Reissue = 6,
}
