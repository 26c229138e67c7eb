namespace Verification.Core.Rules.Codes;

/// <summary>What a permit may entitle to (policy §8), in the order of listing.</summary>
public enum Entitlement : byte
{
    /// <summary>购房.</summary>
    HomePurchase = 1,

    /// <summary>小客车摇号.</summary>
    VehicleLottery = 2,

    /// <summary>子女入托入学.</summary>
    SchoolEnrollment = 3,

    /// <summary>经济适用住房.</summary>
    AffordableHousing = 4,

    /// <summary>自住型商品房优先家庭.</summary>
    OwnerOccupiedHousingLottery = 5,

    /// <summary>因私出国商务.</summary>
    OverseasBusinessTravel = 6,

    /// <summary>驾驶证.</summary>
    DrivingLicence = 7,

    /// <summary>机动车登记.</summary>
    VehicleRegistration = 8,

    /// <summary>创办企业与科技项目资助.</summary>
    EnterpriseFounding = 9,

    /// <summary>人才培养与评选.</summary>
    TalentProgrammes = 10,

    /// <summary>职称与执业资格.</summary>
    ProfessionalQualification = 11,

    /// <summary>养老、医疗保险.</summary>
    SocialInsurance = 12,

    /// <summary>住房公积金.</summary>
    HousingProvidentFund = 13,

    /// <summary>积分落户.</summary>
    PointsSettlement = 14,

    /// <summary>随迁子女高职招考.</summary>
    HigherVocationalExam = 15,

    /// <summary>高考.</summary>
    UniversityEntranceExam = 16,

    /// <summary>基本公共服务.</summary>
    BasicPublicServices = 17,

    /// <summary>单位申报: to file for one's staff. An employer registration's alone.</summary>
    EmployerFiling = 18,
}
