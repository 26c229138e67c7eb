namespace Verification.Core.Permits;

/// <summary>The documents that tell who somebody is (policy §1). Two numbers are the same person's only where these are the same.</summary>
public enum IdentityDocument : byte
{
    /// <summary>居民身份证: what a number without a document belongs to.</summary>
    ResidentIdentityCard = 1,

    /// <summary>护照.</summary>
    Passport = 2,

    /// <summary>港澳居民来往内地通行证.</summary>
    HongKongMacaoPermit = 3,

    /// <summary>台湾居民来往大陆通行证.</summary>
    TaiwanPermit = 4,

    /// <summary>外国人永久居留身份证.</summary>
    ForeignPermanentResidentCard = 5,
}
