namespace Verification.Core.Rules.Codes;

/// <summary>What a decision on an entitlement rests on (policy §8).</summary>
public enum Basis : byte
{
    /// <summary>市民待遇: treated as a citizen of the city.</summary>
    CitizenTreatment = 1,

    /// <summary>A basic public service that the permit opens.</summary>
    PublicService = 2,

    /// <summary>The permit is one of the documents asked for.</summary>
    DocumentRequired = 3,

    /// <summary>按有关规定: further rules apply.</summary>
    FurtherRules = 4,

    /// <summary>This kind of permit does not confer it.</summary>
    PermitKind = 5,

    /// <summary>No permit confers it.</summary>
    NoPermitConfers = 6,

    /// <summary>The permit is not valid on the date.</summary>
    PermitStatus = 7,

    /// <summary>It is the holder's alone, not the accompanying family's.</summary>
    HolderOnly = 8,

    /// <summary>The identity number sent is not on the permit in that role.</summary>
    SubjectMismatch = 9,

    /// <summary>The employer is registered with the bureau.</summary>
    RegisteredEmployer = 10,
}
