using Verification.Core.Registry;

namespace Verification.Server.Registration.Import;

/// <summary>What the reader of an import hands to its writer.</summary>
internal abstract record ImportStep
{
    /// <summary>The file is the one loaded so far: report what was rejected of it.</summary>
    /// <param name="Progress">How far it was loaded.</param>
    internal sealed record Resume(ImportProgress Progress) : ImportStep;

    /// <summary>Store a batch.</summary>
    /// <param name="Batch">The batch.</param>
    internal sealed record Store(ImportBatch Batch) : ImportStep;
}
