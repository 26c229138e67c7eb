namespace Verification.Core.Rules.Codes;

/// <summary>What kind of third party asks (policy §9); it decides what they may see.</summary>
public enum ConsumerClass : byte
{
    /// <summary>A housing registry.</summary>
    HousingRegistry = 1,

    /// <summary>The vehicle lottery.</summary>
    VehicleLottery = 2,

    /// <summary>A school.</summary>
    School = 3,

    /// <summary>The issuing authority.</summary>
    IssuingAuthority = 4,
}
