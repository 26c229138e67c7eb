using Verification.Core.Permits;

namespace Verification.Core.Registry;

/// <summary>Reads what the registry holds of permits. Safe for concurrent use.</summary>
/// <exception cref="RegistryUnavailableException">
/// Every member throws it when the registry could not answer, also once it is closed: who calls while a node stops asks another.
/// </exception>
public interface IPermitReader
{
    /// <summary>One permit's history, with the head of the same snapshot: one round trip.</summary>
    Task<PermitLoad> LoadAsync(PermitNumber number, CancellationToken cancellationToken);

    /// <summary>The histories of many permits in one snapshot. Numbers may repeat.</summary>
    Task<RegistrySnapshot> LoadAsync(IReadOnlyCollection<PermitNumber> numbers, CancellationToken cancellationToken);
}
