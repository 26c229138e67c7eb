namespace Verification.Core.Lookup;

/// <summary>What is known of the registry is older than the caller allows. It is never an answer about a permit.</summary>
public sealed class StaleException : Exception
{
    /// <summary>For knowledge of that age.</summary>
    public StaleException(TimeSpan age, Exception? cause = null)
        : base($"The registry was last heard of {age.TotalSeconds:0.0} s ago, which is longer than the request allows.", cause) =>
        Age = age;

    /// <summary>How long ago the registry was last heard of.</summary>
    public TimeSpan Age { get; }
}
