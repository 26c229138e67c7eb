using Verification.Core.Permits;

namespace Verification.Core.Lookup;

/// <summary>What the registry holds of many numbers.</summary>
/// <param name="Histories">The histories of the permits that exist.</param>
/// <param name="Head">The head of the same snapshot.</param>
public sealed record RegistrySnapshot(IReadOnlyDictionary<PermitNumber, PermitHistory> Histories, RegistryHead Head);
