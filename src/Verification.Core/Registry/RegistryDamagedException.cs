namespace Verification.Core.Registry;

/// <summary>What was asked for lies in a damaged part of the registry. Other permits may still be read.</summary>
public sealed class RegistryDamagedException : RegistryUnavailableException
{
    /// <summary>With a message and the cause.</summary>
    public RegistryDamagedException(string message, Exception cause)
        : base(message, cause)
    {
    }
}
