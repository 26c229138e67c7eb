using Verification.Core.Lookup;
using Verification.Core.Permits;

namespace Verification.Caching.Tests;

/// <summary>Lookups under <see cref="TestSite.Rulebook"/>, for tests that are about something else.</summary>
internal static class PlainLookups
{
    extension(IPermitLookup lookup)
    {
        public ValueTask<PermitAnswer> FindAsync(PermitNumber number, FreshnessDemand demand, CancellationToken cancellationToken) =>
            lookup.FindAsync(number, TestSite.Rulebook, demand, cancellationToken);

        public ValueTask<PermitAnswer> FindKnownAtAsync(PermitNumber number, long revision, CancellationToken cancellationToken) =>
            lookup.FindKnownAtAsync(number, TestSite.Rulebook, revision, cancellationToken);

        public Task<PermitBatch> FindManyAsync(
            IReadOnlyList<PermitNumber> numbers, FreshnessDemand demand, CancellationToken cancellationToken) =>
            lookup.FindManyAsync(numbers, TestSite.Rulebook, demand, cancellationToken);

        public Task<PermitBatch> FindManyKnownAtAsync(
            IReadOnlyList<PermitNumber> numbers, long revision, CancellationToken cancellationToken) =>
            lookup.FindManyKnownAtAsync(numbers, TestSite.Rulebook, revision, cancellationToken);
    }
}
