namespace Verification.Core.Registry;

/// <summary>Who a registry is and how far it has come, in one snapshot.</summary>
/// <param name="RegistryId">Names this registry; a restored backup gets a new one.</param>
/// <param name="Revision">The revision of its last event, or where a restore made it go on from; 0 while it is empty.</param>
/// <param name="AsOf">The registry's clock: the snapshot holds every event committed before this instant.</param>
public readonly record struct RegistryHead(Guid RegistryId, long Revision, DateTimeOffset AsOf);
