namespace Verification.Core.Registry;

/// <summary>A batch does not follow what its import has stored: another call imports the same file.</summary>
public sealed class ImportConflictException : Exception
{
    /// <summary>For an import that stands elsewhere than expected.</summary>
    public ImportConflictException(string importId, long expected)
        : base($"Import {importId} does not stand at line {expected}; another call imports the same file.")
    {
    }
}
