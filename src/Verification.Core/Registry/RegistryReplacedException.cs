namespace Verification.Core.Registry;

/// <summary>
/// What the registry lies in was deleted, moved or replaced while it was open: what is recorded now would be lost.
/// </summary>
public sealed class RegistryReplacedException : RegistryUnavailableException
{
    /// <summary>With a message.</summary>
    public RegistryReplacedException(string message)
        : base(message)
    {
    }
}
