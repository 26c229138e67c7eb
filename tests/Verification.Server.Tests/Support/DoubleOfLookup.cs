using Verification.Core.Lookup;
using Verification.Core.Permits;

namespace Verification.Server.Tests.Support;

/// <summary>A lookup that knows no permit and takes as long as it is told.</summary>
internal sealed class DoubleOfLookup(Task until) : IPermitLookup
{
    private static readonly PermitAnswer Unknown = new(null, 1, TestServer.Now, LookupSource.Registry);

    /// <summary>A lookup that fails at once.</summary>
    public static DoubleOfLookup ThatFails(Exception failure) => new(Task.FromException(failure));

    public async ValueTask<PermitAnswer> FindAsync(PermitNumber number, FreshnessDemand demand, CancellationToken cancellationToken)
    {
        await until;
        return Unknown;
    }

    public ValueTask<PermitAnswer> FindKnownAtAsync(PermitNumber number, long revision, CancellationToken cancellationToken) =>
        FindAsync(number, default, cancellationToken);

    public async Task<PermitBatch> FindManyAsync(
        IReadOnlyList<PermitNumber> numbers, FreshnessDemand demand, CancellationToken cancellationToken)
    {
        await until;
        return new PermitBatch(1, TestServer.Now, [.. numbers.Select(_ => (PermitAnswer?)Unknown)], null);
    }

    public Task<PermitBatch> FindManyKnownAtAsync(
        IReadOnlyList<PermitNumber> numbers, long revision, CancellationToken cancellationToken) =>
        FindManyAsync(numbers, default, cancellationToken);
}
