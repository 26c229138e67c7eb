namespace Verification.Core.Rules.Codes;

/// <summary>Whether a permit gives one entitlement, and why.</summary>
/// <param name="Entitlement">The entitlement.</param>
/// <param name="Decision">Whether the permit gives it.</param>
/// <param name="Basis">What the decision rests on.</param>
public readonly record struct EntitlementDecision(Entitlement Entitlement, Decision Decision, Basis Basis);
