namespace Verification.Core.Rules.Codes;

/// <summary>The standing of a permit on a date (policy §2).</summary>
public enum PermitStatus : byte
{
    /// <summary>In force 有效.</summary>
    Valid = 1,

    /// <summary>Frozen 冻结, 使用功能中止: the annual inspection or the yearly endorsement was missed.</summary>
    Frozen = 2,

    /// <summary>The term is over 过期.</summary>
    Expired = 3,

    /// <summary>Cancelled 注销 or exchanged 卡换证.</summary>
    Cancelled = 4,

    /// <summary>Issued on a later date.</summary>
    NotYetValid = 5,

    /// <summary>The registry knows no such number.</summary>
    NotFound = 6,
}
