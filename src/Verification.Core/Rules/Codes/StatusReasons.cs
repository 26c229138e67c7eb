namespace Verification.Core.Rules.Codes;

/// <summary>A set of reasons for a status, and notices that leave the status alone (policy §2). The bits stand in the order of listing.</summary>
[Flags]
public enum StatusReasons : ushort
{
    /// <summary>No reason.</summary>
    None = 0,

    /// <summary>A cancellation 注销 took effect.</summary>
    Cancelled = 1 << 0,

    /// <summary>A registration card was exchanged for a residence permit 卡换证.</summary>
    Exchanged = 1 << 1,

    /// <summary>The term is over and renewal or extension is still admissible.</summary>
    ExpiredRenewable = 1 << 2,

    /// <summary>The term is over for good 自然失效.</summary>
    Lapsed = 1 << 3,

    /// <summary>Frozen because the annual inspection was missed 冻结.</summary>
    InspectionMissed = 1 << 4,

    /// <summary>Frozen because the yearly endorsement was missed 使用功能中止.</summary>
    EndorsementMissed = 1 << 5,

    /// <summary>Notice: annual inspection due and not yet made 未年检.</summary>
    InspectionPending = 1 << 6,

    /// <summary>Notice: renewal, extension or endorsement may be filed and the term is not over.</summary>
    RenewalWindowOpen = 1 << 7,

    /// <summary>Notice: the holder left the employer and the time to transfer is running.</summary>
    EmploymentEnded = 1 << 8,

    /// <summary>Notice: that time is over and neither transfer nor cancellation was recorded.</summary>
    TransferOverdue = 1 << 9,

    /// <summary>Notice: the card is retained by the bureau for a procedure 暂时留置.</summary>
    UnderProcedure = 1 << 10,
}
