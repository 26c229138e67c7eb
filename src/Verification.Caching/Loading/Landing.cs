using Verification.Core.Registry;

namespace Verification.Caching.Loading;

/// <summary>What became of a piece of work that was waited for.</summary>
/// <param name="Keys">What it was waited for about.</param>
/// <param name="Result">What came out; the default value where it failed.</param>
/// <param name="Failure">Why nothing came out; null where something did.</param>
internal readonly record struct Landing<TKey, TResult>(
    IReadOnlyList<TKey> Keys, TResult? Result, RegistryUnavailableException? Failure);
