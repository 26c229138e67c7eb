using System.Diagnostics.CodeAnalysis;
using Verification.Load.Measuring;

/// <summary>What the runtime calls before a measured server's own entry point; it demands this name, outside of any namespace.</summary>
[SuppressMessage("Design", "CA1050:Declare types in namespaces", Justification = "The runtime demands it.")]
internal static class StartupHook
{
    /// <summary>Begins the reading.</summary>
    public static void Initialize() => SelfReading.Begin();
}
