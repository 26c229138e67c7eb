namespace Verification.Caching.Tests.Model;

/// <summary>An answer that broke an invariant; says which, and the seed that repeats it.</summary>
internal sealed class ModelViolationException(string message) : Exception(message);
