using Verification.Core.Permits;
using Verification.Core.Registry;
using Verification.Core.Rules.Rulebooks;

namespace Verification.Core.Lookup;

/// <summary>Finds what is known of permits, as fresh as the caller demands. Safe for concurrent use.</summary>
/// <remarks>
/// The caller names the rulebook of its message, and every timeline is compiled under that one. One that comes into use needs no
/// loading: what memory holds by then is compiled under it ahead of its first day.
/// </remarks>
/// <exception cref="StaleException">Every member throws it when it knows the registry, but only from too long ago.</exception>
/// <exception cref="RegistryUnavailableException">Every member throws it when the registry was needed and could not answer.</exception>
/// <exception cref="RevisionUnknownException">The registry has not reached a revision that was asked for, or has lost it.</exception>
public interface IPermitLookup
{
    /// <summary>What is known of a number. Completes at once and allocates nothing when this node's memory knows.</summary>
    ValueTask<PermitAnswer> FindAsync(PermitNumber number, Rulebook rulebook, FreshnessDemand demand, CancellationToken cancellationToken);

    /// <summary>What is known of a number, where it can be told without waiting for anything. Allocates nothing.</summary>
    /// <returns>False where only <see cref="FindAsync"/> can tell; then nothing was looked up or counted.</returns>
    bool TryFind(PermitNumber number, Rulebook rulebook, FreshnessDemand demand, out PermitAnswer answer)
    {
        answer = default;
        return false;
    }

    /// <summary>What the registry knew of a number at a revision: under one rulebook the same for ever.</summary>
    ValueTask<PermitAnswer> FindKnownAtAsync(
        PermitNumber number, Rulebook rulebook, long revision, CancellationToken cancellationToken);

    /// <summary>What is known of many numbers, all at one revision. Numbers may repeat.</summary>
    Task<PermitBatch> FindManyAsync(
        IReadOnlyList<PermitNumber> numbers, Rulebook rulebook, FreshnessDemand demand, CancellationToken cancellationToken);

    /// <summary>What the registry knew of many numbers at a revision. Numbers may repeat.</summary>
    Task<PermitBatch> FindManyKnownAtAsync(
        IReadOnlyList<PermitNumber> numbers, Rulebook rulebook, long revision, CancellationToken cancellationToken);
}
