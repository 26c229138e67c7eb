using Verification.Core.Lookup;
using Verification.Core.Permits;
using Verification.Core.Rules.Rulebooks;

namespace Verification.Load.Gates;

/// <summary>A lookup that takes a lock, as a regression would.</summary>
/// <param name="lookup">The lookup.</param>
internal sealed class LockedLookup(IPermitLookup lookup) : IPermitLookup
{
    private readonly Lock _lock = new();

    /// <inheritdoc/>
    public ValueTask<PermitAnswer> FindAsync(
        PermitNumber number, Rulebook rulebook, FreshnessDemand demand, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return lookup.FindAsync(number, rulebook, demand, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public ValueTask<PermitAnswer> FindKnownAtAsync(
        PermitNumber number, Rulebook rulebook, long revision, CancellationToken cancellationToken) =>
        lookup.FindKnownAtAsync(number, rulebook, revision, cancellationToken);

    /// <inheritdoc/>
    public Task<PermitBatch> FindManyAsync(
        IReadOnlyList<PermitNumber> numbers, Rulebook rulebook, FreshnessDemand demand, CancellationToken cancellationToken) =>
        lookup.FindManyAsync(numbers, rulebook, demand, cancellationToken);

    /// <inheritdoc/>
    public Task<PermitBatch> FindManyKnownAtAsync(
        IReadOnlyList<PermitNumber> numbers, Rulebook rulebook, long revision, CancellationToken cancellationToken) =>
        lookup.FindManyKnownAtAsync(numbers, rulebook, revision, cancellationToken);
}
