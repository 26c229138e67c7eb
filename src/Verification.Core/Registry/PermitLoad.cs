using Verification.Core.Permits.Events;

namespace Verification.Core.Registry;

/// <summary>What the registry holds of one number.</summary>
/// <param name="History">The permit's history; null when there is no such permit.</param>
/// <param name="Head">The head of the same snapshot; its revision is the load's <c>read_at</c>.</param>
public readonly record struct PermitLoad(PermitHistory? History, RegistryHead Head);
