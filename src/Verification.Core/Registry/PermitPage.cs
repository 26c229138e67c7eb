using System.Collections.Immutable;
using Verification.Core.Permits.Events;

namespace Verification.Core.Registry;

/// <summary>A page of what the registry holds.</summary>
/// <param name="Histories">In the registry's order.</param>
/// <param name="Head">The head of the same snapshot.</param>
public sealed record PermitPage(ImmutableArray<PermitHistory> Histories, RegistryHead Head);
