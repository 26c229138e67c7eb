using Permits.Verification.V1;

namespace Verification.Client;

/// <summary>A budget that fills again with time.</summary>
/// <param name="Capacity">The most that it holds.</param>
/// <param name="Left">What is left, in whole.</param>
/// <param name="AddedPerMinute">What is added each minute, up to the most that it holds.</param>
public readonly record struct PermitBudget(int Capacity, int Left, long AddedPerMinute)
{
    internal static PermitBudget From(CallerBudget? message) =>
        message is null ? default : new(message.Capacity, message.Left, message.AddedPerMinute);
}
