using System.Collections.Immutable;

namespace Verification.Core.Registry;

/// <summary>What became of a batch.</summary>
/// <param name="Progress">How far the import has come with it.</param>
/// <param name="Rejects">The batch's lines that were not loaded, in order.</param>
public sealed record ImportBatchResult(ImportProgress Progress, ImmutableArray<RejectedLine> Rejects);
