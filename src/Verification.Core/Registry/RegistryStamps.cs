using System.Collections.Immutable;
using Verification.Core.Permits;

namespace Verification.Core.Registry;

/// <summary>For every bucket of permit numbers the last revision that touched one of them.</summary>
/// <param name="Head">The head of the same snapshot.</param>
/// <param name="Stamps">By <see cref="PermitNumber.Bucket"/>, all 65,536; 0 where no event touched the bucket.</param>
public sealed record RegistryStamps(RegistryHead Head, ImmutableArray<long> Stamps)
{
    /// <summary>How many buckets there are.</summary>
    public const int BucketCount = ushort.MaxValue + 1;
}
