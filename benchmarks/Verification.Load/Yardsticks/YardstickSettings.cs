namespace Verification.Load.Yardsticks;

/// <summary>What a yardstick needs.</summary>
/// <param name="Registry">The registry's file.</param>
/// <param name="Redis">Redis's connection string.</param>
internal sealed record YardstickSettings(string? Registry, string? Redis);
