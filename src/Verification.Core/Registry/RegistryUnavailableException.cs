namespace Verification.Core.Registry;

/// <summary>The registry could not answer: down, locked, out of time or damaged. It is never an answer about a permit.</summary>
public class RegistryUnavailableException : Exception
{
    /// <summary>With a message and the cause.</summary>
    public RegistryUnavailableException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
