namespace Verification.Load.Results;

/// <summary>A figure by itself.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Value">The figure.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Says">Under which circumstances.</param>
internal sealed record Figure(string Name, double Value, string Unit, string Says);
