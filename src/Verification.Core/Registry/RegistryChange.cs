using Verification.Core.Permits;

namespace Verification.Core.Registry;

/// <summary>A commit: which permit an event touched.</summary>
/// <param name="Revision">The revision of the event.</param>
/// <param name="Permit">The permit.</param>
public readonly record struct RegistryChange(long Revision, PermitNumber Permit);
