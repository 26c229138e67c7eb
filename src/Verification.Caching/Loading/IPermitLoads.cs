using Verification.Caching.Coherence;
using Verification.Core.Permits;
using Verification.Core.Rules.Rulebooks;

namespace Verification.Caching.Loading;

/// <summary>Loads what memory does not hold.</summary>
internal interface IPermitLoads
{
    /// <summary>Loads what it can of some numbers, for an epoch. That the registry could not tell is part of the answer.</summary>
    /// <param name="epoch">What is loaded is held in its memory.</param>
    /// <param name="numbers">The numbers, each once.</param>
    /// <param name="rulebook">What they are wanted for: where memory has a number compiled under others only, the facts are needed.</param>
    /// <param name="revision">What they are wanted for too: of a number with an event after it the facts are needed.</param>
    /// <param name="wanted">Cancelled when nobody wants them any more.</param>
    Task<LoadedPermits> LoadAsync(
        RegistryEpoch epoch, IReadOnlyCollection<PermitNumber> numbers, Rulebook rulebook, long revision, CancellationToken wanted);
}
