using Permits.Verification.V1;
using Verification.Cli.Input;

namespace Verification.Cli.Output;

/// <summary>The words for the codes of a verdict, in the order of the contract.</summary>
internal static class Terms
{
    public static Term Of(PermitKind kind)
    {
        var code = Code<PermitKind>.Name(kind);
        return kind switch
        {
            PermitKind.WorkResidencePermit => new(code, "北京市工作居住证"),
            PermitKind.ResidencePermit => new(code, "北京市居住证"),
            PermitKind.ResidenceRegistrationCard => new(code, "居住登记卡"),
            PermitKind.TemporaryResidencePermit => new(code, "暂住证"),
            PermitKind.EmployerRegistration => new(code, "申报单位注册"),
            _ => new(code),
        };
    }

    public static Term Of(PermitStatus status)
    {
        var code = Code<PermitStatus>.Name(status);
        return status switch
        {
            PermitStatus.Valid => new(code, "有效"),
            PermitStatus.Frozen => new(code, "冻结"),
            PermitStatus.Expired => new(code, "过期"),
            PermitStatus.Cancelled => new(code, "注销"),
            PermitStatus.NotYetValid => new(code, Meaning: "issued on a later date"),
            PermitStatus.NotFound => new(code, Meaning: "the registry knows no permit with this number"),
            _ => new(code),
        };
    }

    public static Term Of(StatusReason reason)
    {
        var code = Code<StatusReason>.Name(reason);
        return reason switch
        {
            StatusReason.Cancelled => new(code, "注销", "a cancellation took effect"),
            StatusReason.Exchanged => new(code, "卡换证", "the card was exchanged for a residence permit"),
            StatusReason.ExpiredRenewable => new(code, Meaning: "the term is over; renewal or extension is still admissible"),
            StatusReason.Lapsed => new(code, "自然失效", "the term is over for good"),
            StatusReason.InspectionMissed => new(code, "冻结", "the annual inspection was missed"),
            StatusReason.EndorsementMissed => new(code, "使用功能中止", "the yearly endorsement was missed"),
            StatusReason.InspectionPending => new(code, "未年检", "the annual inspection is due and not yet made"),
            StatusReason.RenewalWindowOpen => new(code, Meaning: "renewal, extension or endorsement may be filed now"),
            StatusReason.EmploymentEnded => new(code, Meaning: "the holder left the employer; the time to transfer is running"),
            StatusReason.TransferOverdue => new(code, Meaning: "the time to transfer is over"),
            StatusReason.UnderProcedure => new(code, "暂时留置", "the bureau holds the card for a procedure"),
            _ => new(code),
        };
    }

    public static Term Of(Entitlement entitlement)
    {
        var code = Code<Entitlement>.Name(entitlement);
        return entitlement switch
        {
            Entitlement.HomePurchase => new(code, "购房"),
            Entitlement.VehicleLottery => new(code, "小客车摇号"),
            Entitlement.SchoolEnrollment => new(code, "子女入托入学"),
            Entitlement.AffordableHousing => new(code, "经济适用住房"),
            Entitlement.OwnerOccupiedHousingLottery => new(code, "自住型商品房优先家庭"),
            Entitlement.OverseasBusinessTravel => new(code, "因私出国商务"),
            Entitlement.DrivingLicence => new(code, "驾驶证"),
            Entitlement.VehicleRegistration => new(code, "机动车登记"),
            Entitlement.EnterpriseFounding => new(code, "创办企业与科技项目资助"),
            Entitlement.TalentProgrammes => new(code, "人才培养与评选"),
            Entitlement.ProfessionalQualification => new(code, "职称与执业资格"),
            Entitlement.SocialInsurance => new(code, "养老、医疗保险"),
            Entitlement.HousingProvidentFund => new(code, "住房公积金"),
            Entitlement.PointsSettlement => new(code, "积分落户"),
            Entitlement.HigherVocationalExam => new(code, "随迁子女高职招考"),
            Entitlement.UniversityEntranceExam => new(code, "高考"),
            Entitlement.BasicPublicServices => new(code, "基本公共服务"),
            Entitlement.EmployerFiling => new(code, "单位申报"),
            _ => new(code),
        };
    }

    public static Term Of(Decision decision) => new(Code<Decision>.Name(decision));

    public static Term Of(Basis basis)
    {
        var code = Code<Basis>.Name(basis);
        return basis switch
        {
            Basis.CitizenTreatment => new(code, "市民待遇", "treated as a citizen of the city"),
            Basis.PublicService => new(code, Meaning: "a basic public service that the permit opens"),
            Basis.DocumentRequired => new(code, Meaning: "the permit is one of the documents asked for"),
            Basis.FurtherRules => new(code, "按有关规定", "further rules apply"),
            Basis.PermitKind => new(code, Meaning: "this kind of permit does not confer it"),
            Basis.NoPermitConfers => new(code, Meaning: "no permit confers it"),
            Basis.PermitStatus => new(code, Meaning: "the permit is not valid on the date"),
            Basis.HolderOnly => new(code, Meaning: "the holder's alone, not the family's"),
            Basis.SubjectMismatch => new(code, Meaning: "the identity number is not on the permit in that role"),
            Basis.RegisteredEmployer => new(code, Meaning: "the employer is registered with the bureau"),
            _ => new(code),
        };
    }

    public static Term Of(IdentityDocument document)
    {
        var code = Code<IdentityDocument>.Name(document);
        return document switch
        {
            IdentityDocument.ResidentIdentityCard => new(code, "居民身份证"),
            IdentityDocument.Passport => new(code, "护照"),
            IdentityDocument.HongKongMacaoPermit => new(code, "港澳居民来往内地通行证"),
            IdentityDocument.TaiwanPermit => new(code, "台湾居民来往大陆通行证"),
            IdentityDocument.ForeignPermanentResidentCard => new(code, "外国人永久居留身份证"),
            _ => new(code),
        };
    }

    public static Term Of(SubjectMatch match)
    {
        var code = Code<SubjectMatch>.Name(match);
        return match switch
        {
            SubjectMatch.Matched => new(code, Meaning: "the identity number is on the permit in that role"),
            SubjectMatch.NotMatched => new(code, Meaning: "the identity number is not on the permit in that role"),
            SubjectMatch.NotChecked => new(code, Meaning: "no identity number was sent, or the registry holds none"),
            _ => new(code),
        };
    }

    public static Term Of(CardMatch match)
    {
        var code = Code<CardMatch>.Name(match);
        return match switch
        {
            CardMatch.Current => new(code, Meaning: "this is the current edition"),
            CardMatch.Superseded => new(code, "补办", "a later edition was issued; this card should be withdrawn"),
            CardMatch.NotIssued => new(code, Meaning: "no card of this edition was issued by that date"),
            _ => new(code),
        };
    }
}
