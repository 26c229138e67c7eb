using Verification.Core.Lookup;
using Verification.Core.Permits;
using Verification.Core.Rules.Rulebooks;

namespace Verification.Server.Tests.Support;

/// <summary>A lookup that knows no permit and takes as long as it is told.</summary>
internal sealed class DoubleOfLookup(Task until) : IPermitLookup
{
    private static readonly PermitAnswer Unknown = new(null, RulebookLibrary.Embedded.All[0], 1, TestServer.Now, LookupSource.Registry);

    /// <summary>A lookup that fails at once.</summary>
    public static DoubleOfLookup ThatFails(Exception failure) => new(Task.FromException(failure));

    public async ValueTask<PermitAnswer> FindAsync(
        PermitNumber number, Rulebook rulebook, FreshnessDemand demand, CancellationToken cancellationToken)
    {
        await until;
        return Unknown;
    }

    public ValueTask<PermitAnswer> FindKnownAtAsync(
        PermitNumber number, Rulebook rulebook, long revision, CancellationToken cancellationToken) =>
        FindAsync(number, rulebook, default, cancellationToken);

    public async Task<PermitBatch> FindManyAsync(
        IReadOnlyList<PermitNumber> numbers, Rulebook rulebook, FreshnessDemand demand, CancellationToken cancellationToken)
    {
        await until;
        return new PermitBatch(1, TestServer.Now, [.. numbers.Select(_ => (PermitAnswer?)Unknown)], null);
    }

    public Task<PermitBatch> FindManyKnownAtAsync(
        IReadOnlyList<PermitNumber> numbers, Rulebook rulebook, long revision, CancellationToken cancellationToken) =>
        FindManyAsync(numbers, rulebook, default, cancellationToken);
}
