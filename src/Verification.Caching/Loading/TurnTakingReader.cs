using Verification.Core.Permits;
using Verification.Core.Registry;

namespace Verification.Caching.Loading;

/// <summary>A registry of which permits are read in turn.</summary>
internal sealed class TurnTakingReader(IPermitReader registry, LoadTurns turns) : IPermitReader
{
    public Task<PermitLoad> LoadAsync(PermitNumber number, CancellationToken cancellationToken) =>
        turns.RunAsync(1, token => registry.LoadAsync(number, token), cancellationToken);

    public Task<RegistrySnapshot> LoadAsync(IReadOnlyCollection<PermitNumber> numbers, CancellationToken cancellationToken) =>
        turns.RunAsync(numbers.Count, token => registry.LoadAsync(numbers, token), cancellationToken);
}
