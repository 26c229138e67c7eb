namespace Verification.Audit.Files;

/// <summary>Another process writes its log in the folder.</summary>
public sealed class AuditFolderInUseException : IOException
{
    /// <summary>For a folder, with why it could not be taken.</summary>
    public AuditFolderInUseException(string folder, Exception cause)
        : base($"The audit folder '{folder}' is in use by another process. Every node needs a folder of its own.", cause)
    {
    }
}
