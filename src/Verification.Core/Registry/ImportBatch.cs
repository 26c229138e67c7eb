using System.Collections.Immutable;
using Verification.Core.Permits.RegistryFile;

namespace Verification.Core.Registry;

/// <summary>A run of lines of a registry file, to be loaded in one transaction.</summary>
/// <param name="ImportId">Names the file, 1 to 128 visible ASCII characters.</param>
/// <param name="LinesBefore">The lines of the file read before this batch.</param>
/// <param name="LinesAfter">The lines of the file read with this batch, empty ones included.</param>
/// <param name="Lines">The lines that are not empty, in order.</param>
/// <param name="PrefixDigest">SHA-256 of the file up to and including <paramref name="LinesAfter"/>, in hexadecimal.</param>
/// <param name="IsLast">Whether the file ends here.</param>
/// <param name="RecordedBy">The consumer that imports, at most 64 characters.</param>
public sealed record ImportBatch(
    string ImportId,
    long LinesBefore,
    long LinesAfter,
    ImmutableArray<ImportLine> Lines,
    string PrefixDigest,
    bool IsLast,
    string RecordedBy);
