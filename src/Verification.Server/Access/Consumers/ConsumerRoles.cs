namespace Verification.Server.Access.Consumers;

/// <summary>What a consumer may do; configured by the names in lower case.</summary>
[Flags]
internal enum ConsumerRoles : byte
{
    /// <summary>Nothing but read rulebooks.</summary>
    None = 0,

    /// <summary>Ask about permits.</summary>
    Verify = 1 << 0,

    /// <summary>Record events and read the registry; for the issuing authority alone.</summary>
    Register = 1 << 1,

    /// <summary>Read the audit log, and repeat answers of the past: ask under a rulebook by its version.</summary>
    Audit = 1 << 2,

    /// <summary>Run the service: see where answers come from, mark the registry as restored.</summary>
    Operate = 1 << 3,
}
