using System.Collections.Immutable;
using Verification.Core.Permits.RegistryFile;
using Verification.Core.Registry;

namespace Verification.Server.Registration.Import;

/// <summary>What the reader of an import hands to its writer.</summary>
/// <param name="UnknownFields">With the last step the field names of the whole file that no event has; before, none.</param>
internal abstract record ImportStep(ImmutableArray<UnknownField> UnknownFields)
{
    /// <summary>The file is the one loaded so far: report what was rejected of it.</summary>
    /// <param name="Progress">How far it was loaded.</param>
    /// <param name="UnknownFields">As in every step.</param>
    internal sealed record Resume(ImportProgress Progress, ImmutableArray<UnknownField> UnknownFields) : ImportStep(UnknownFields);

    /// <summary>Store a batch.</summary>
    /// <param name="Batch">The batch.</param>
    /// <param name="UnknownFields">As in every step.</param>
    internal sealed record Store(ImportBatch Batch, ImmutableArray<UnknownField> UnknownFields) : ImportStep(UnknownFields);
}
