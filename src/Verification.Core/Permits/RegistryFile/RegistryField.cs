namespace Verification.Core.Permits.RegistryFile;

/// <summary>The fields that lines of a registry file may have (policy §7).</summary>
internal enum RegistryField
{
    Permit,
    Event,
    On,
    Kind,
    AppliedOn,
    HolderId,
    Employer,
    ValidThrough,
    Channel,
    LeftOn,
    Until,
    Procedure,
    Relation,
    IdNumber,
    NewPermit,
    Reason,
}
