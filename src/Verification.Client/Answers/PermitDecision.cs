using Permits.Verification.V1;

namespace Verification.Client;

/// <summary>Whether a permit gives one entitlement.</summary>
/// <param name="Entitlement">The entitlement.</param>
/// <param name="Decision">Whether the permit gives it. Conditional: where the condition that the basis names is met too.</param>
/// <param name="Basis">What the decision rests on.</param>
public sealed record PermitDecision(Entitlement Entitlement, Decision Decision, Basis Basis)
{
    internal static IReadOnlyList<PermitDecision> From(IEnumerable<EntitlementDecision> messages) =>
        [.. messages.Select(decided => new PermitDecision(decided.Entitlement, decided.Decision, decided.Basis))];
}
