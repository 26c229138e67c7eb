using System.Collections.Immutable;
using Verification.Core.Registry;

namespace Verification.Core.Lookup;

/// <summary>What a lookup knows of many numbers, all at one revision.</summary>
/// <param name="Revision">The registry revision that every answer reflects, exactly.</param>
/// <param name="DataAsOf">Every answer reflects every event committed before this instant of the registry's clock.</param>
/// <param name="Answers">
/// In the order of the numbers, each with this revision and instant; null where it could not be told, which
/// <paramref name="Failure"/> explains.
/// </param>
/// <param name="Failure">Why some answers are null; null when none is.</param>
public sealed record PermitBatch(
    long Revision, DateTimeOffset DataAsOf, ImmutableArray<PermitAnswer?> Answers, RegistryUnavailableException? Failure);
