namespace Verification.Core.Registry;

/// <summary>
/// Nothing was ever recorded in the registry: it is new, or not the one that was meant. That it knows no permit says nothing of permits.
/// </summary>
public sealed class RegistryEmptyException : Exception
{
    /// <summary>With its message.</summary>
    public RegistryEmptyException()
        : base("Nothing was ever recorded in the registry.")
    {
    }
}
