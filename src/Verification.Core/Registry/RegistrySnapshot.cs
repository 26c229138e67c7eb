using Verification.Core.Permits;
using Verification.Core.Permits.Events;

namespace Verification.Core.Registry;

/// <summary>What the registry holds of many numbers.</summary>
/// <param name="Histories">The histories of the permits that exist.</param>
/// <param name="Head">The head of the same snapshot.</param>
public sealed record RegistrySnapshot(IReadOnlyDictionary<PermitNumber, PermitHistory> Histories, RegistryHead Head);
