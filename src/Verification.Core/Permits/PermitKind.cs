namespace Verification.Core.Permits;

/// <summary>The kinds of permits (policy §1). People confuse the first two; only the first confers the eight treatments. [B][C]</summary>
public enum PermitKind : byte
{
    /// <summary>No kind: the kind of a number that the registry does not know. Never the kind of a permit.</summary>
    None = 0,

    /// <summary>北京市工作居住证, issued by human resources and social security, applied for by the employer.</summary>
    WorkResidencePermit = 1,

    /// <summary>北京市居住证, issued by public security.</summary>
    ResidencePermit = 2,

    /// <summary>居住登记卡.</summary>
    ResidenceRegistrationCard = 3,

    /// <summary>暂住证: superseded, old ones run out.</summary>
    TemporaryResidencePermit = 4,

    /// <summary>申报单位注册: not a person's, but the employer's that files for its staff.</summary>
    EmployerRegistration = 5,
}
